import type { Pool } from 'pg';
import { withReadDeadline, readDeadlineMs } from './read-deadline.js';
import { statement, type Sql } from './sql.js';

/** PostgreSQL keeps each prepared statement for each connection; statements beyond this limit are planned each time. */
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
 * The rows of a statement that is prepared once per connection and run with changing values: planning the list of tickets takes longer
 * than reading a page of it. Only for texts made of parts that are in the code, of which there are few.
 */
export const queryPrepared = async <Row extends object>(pool: Pool, query: Sql): Promise<Row[]> => {
  const { text, values } = statement(query);
  const { rows } = await pool.query<Row>(
    withReadDeadline(readDeadlineMs, { name: nameOf(text), text, values }),
  );
  return rows;
};
