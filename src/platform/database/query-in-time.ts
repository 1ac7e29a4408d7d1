import type { QueryConfig } from 'pg';
import type { DataSource } from 'typeorm';
import { poolOf } from './database.js';
import { inTime, readDeadlineMs } from './in-time.js';

/** The rows of a read that a request waits for. Fails as unavailable where no answer comes: nobody is to wait for ever. */
export const queryInTime = async <Row extends object>(
  database: DataSource,
  query: QueryConfig,
  timeoutMs = readDeadlineMs,
): Promise<Row[]> => {
  const { rows } = await poolOf(database).query<Row>(inTime(timeoutMs, query));
  return rows;
};
