import type { Pool, PoolClient } from 'pg';
import { queryWithDeadline } from './query-with-deadline.js';
import { raw, type Sql } from './sql.js';

/** Reads of one snapshot, or within one transaction. Each read fails as unavailable when no answer comes in time. */
export interface SnapshotReader {
  read<Row extends object>(query: Sql, name?: string): Promise<Row[]>;
}

/** Reads on a connection that the caller holds, or each on any of the pool's. */
export const readerOn = (client: Pick<PoolClient, 'query'>): SnapshotReader => ({
  read: (query, name) => queryWithDeadline(client, query, name === undefined ? {} : { name }),
});

/**
 * Runs the reads of a request on one snapshot. The snapshot is taken after locking these tables or views; otherwise a rebuild could
 * replace them in between. `settings` hold for this transaction alone. A connection on which anything failed is not used again.
 */
export const inSnapshot = async <Result>(
  pool: Pool,
  { tables, settings }: { tables: readonly string[]; settings: Readonly<Record<string, string>> },
  work: (reader: SnapshotReader) => Promise<Result>,
): Promise<Result> => {
  const client = await pool.connect();
  const reader = readerOn(client);
  let broken = true;
  try {
    await reader.read(
      raw(
        [
          'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY',
          ...Object.entries(settings).map(([name, value]) => `SET LOCAL ${name} = '${value}'`),
          `LOCK TABLE ${tables.join(', ')} IN ACCESS SHARE MODE`,
        ].join('; '),
      ),
    );
    const result = await work(reader);
    await reader.read(raw('COMMIT'));
    broken = false;
    return result;
  } finally {
    client.release(broken);
  }
};
