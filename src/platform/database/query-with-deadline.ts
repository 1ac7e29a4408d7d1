import type { Pool } from 'pg';
import { withReadDeadline, readDeadlineMs } from './read-deadline.js';
import { statement, type Sql } from './sql.js';

/** The rows of a read that a request waits for. Fails as unavailable when no answer comes in time (ms), so that nobody waits for ever. */
export const queryWithDeadline = async <Row extends object>(
  pool: Pick<Pool, 'query'>,
  query: Sql,
  { name, timeoutMs = readDeadlineMs }: { name?: string; timeoutMs?: number } = {},
): Promise<Row[]> => {
  const { rows } = await pool.query<Row>(withReadDeadline(timeoutMs, statement(query, name)));
  return rows;
};
