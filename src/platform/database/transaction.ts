import type { Pool, PoolClient } from 'pg';
import { isUnavailable } from './failures.js';

/** Whoever is frozen amid a transaction would hold its locks until it wakes up: PostgreSQL ends it after so long. */
const maxIdleMs = 2_000;
export const beginWithIdleTimeout = (ms: number): string =>
  `BEGIN; SET LOCAL idle_in_transaction_session_timeout = ${ms}`;
export const begin = beginWithIdleTimeout(maxIdleMs);

/** PostgreSQL rolls back, and calls it no error, where a statement had failed and the work went on regardless. */
class RolledBack extends Error {
  constructor() {
    super('PostgreSQL rolled the transaction back, since a statement in it had failed');
  }
}

/**
 * Runs work in one transaction: committed when it resolves, rolled back when it throws. `beginning` may add settings of the
 * transaction's own (`SET LOCAL …`). Throws RolledBack, and what the work throws. A connection that can't even roll back is not used again,
 * nor one whose session or server is in the way: a new one may meet another state.
 */
export const inTransaction = async <Result>(
  pool: Pool,
  work: (client: PoolClient) => Promise<Result>,
  beginning = begin,
): Promise<Result> => {
  const client = await pool.connect();
  let broken = false;
  try {
    await client.query(beginning);
    const result = await work(client);
    const { command } = await client.query('COMMIT');
    if (command !== 'COMMIT') throw new RolledBack();
    return result;
  } catch (error) {
    broken = await client.query('ROLLBACK').then(
      () => isUnavailable(error),
      () => true,
    );
    throw error;
  } finally {
    client.release(broken);
  }
};
