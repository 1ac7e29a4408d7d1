import type { Pool } from 'pg';
import { withReadDeadline, readDeadlineMs } from './read-deadline.js';
import { statement, type Sql } from './sql.js';

/** Each is kept by PostgreSQL for every connection; those beyond are planned each time. */
const maxStatements = 200;
const names = new Map<string, string>();

const nameOf = (text: string): string | undefined => {
  const known = names.get(text);
  if (known !== undefined || names.size >= maxStatements) return known;
  const name = `prepared-${names.size + 1}`;
  names.set(text, name);
  return name;
};

/**
 * The rows of a statement that is asked for again and again with other values: to plan the list of tickets takes longer than to
 * read a page of it. For statements of which there are few, made of parts that are in the code.
 */
export const queryPrepared = async <Row extends object>(pool: Pool, query: Sql): Promise<Row[]> => {
  const { text, values } = statement(query);
  const { rows } = await pool.query<Row>(
    withReadDeadline(readDeadlineMs, { name: nameOf(text), text, values }),
  );
  return rows;
};
