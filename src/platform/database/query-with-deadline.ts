import type { QueryConfig } from 'pg';
import type { DataSource } from 'typeorm';
import { poolOf } from './database.js';
import { withReadDeadline, readDeadlineMs } from './read-deadline.js';

/** The rows of a read that a request waits for. Fails as unavailable where no answer comes: nobody is to wait for ever. */
export const queryWithDeadline = async <Row extends object>(
  database: DataSource,
  query: QueryConfig,
  timeoutMs = readDeadlineMs,
): Promise<Row[]> => {
  const { rows } = await poolOf(database).query<Row>(withReadDeadline(timeoutMs, query));
  return rows;
};
