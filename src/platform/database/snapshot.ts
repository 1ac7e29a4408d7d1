import type { Pool, PoolClient, QueryConfig } from 'pg';
import { withReadDeadline, readDeadlineMs } from './read-deadline.js';

/** Reads of one moment, by statements and their values. Each fails as unavailable where no answer comes in time. */
export type SnapshotReader = Pick<PoolClient, 'query'>;

/**
 * Runs reads of a request on one snapshot. It is taken after locking these tables or views, as else a rebuild could put others in
 * their place in between. `settings` hold for it alone. A connection on which anything failed is not used again.
 */
export const inSnapshot = async <Result>(
  pool: Pool,
  { tables, settings }: { tables: readonly string[]; settings: Readonly<Record<string, string>> },
  work: (reader: SnapshotReader) => Promise<Result>,
): Promise<Result> => {
  const client = await pool.connect();
  const reader = {
    query: (query: QueryConfig | string, values?: unknown[]) =>
      client.query(
        withReadDeadline(readDeadlineMs, typeof query === 'string' ? { text: query, values } : query),
      ),
  } as SnapshotReader;
  let broken = true;
  try {
    await reader.query(
      [
        'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY',
        ...Object.entries(settings).map(([name, value]) => `SET LOCAL ${name} = '${value}'`),
        `LOCK TABLE ${tables.join(', ')} IN ACCESS SHARE MODE`,
      ].join('; '),
    );
    const result = await work(reader);
    await reader.query('COMMIT');
    broken = false;
    return result;
  } finally {
    client.release(broken);
  }
};
