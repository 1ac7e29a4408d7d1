import type { Pool, QueryConfig } from 'pg';
import { withReadDeadline, readDeadlineMs } from './read-deadline.js';

/** The rows of a read that a request waits for. Fails as unavailable where no answer comes: nobody is to wait for ever. */
export const queryWithDeadline = async <Row extends object>(
  pool: Pool,
  query: QueryConfig,
  timeoutMs = readDeadlineMs,
): Promise<Row[]> => {
  const { rows } = await pool.query<Row>(withReadDeadline(timeoutMs, query));
  return rows;
};
