import type { Pool, PoolClient } from 'pg';
import { isUnavailable } from './failures.js';

/** PostgreSQL ends a transaction that is idle for this long: a process that froze in it would hold its locks until it wakes up. */
const maxIdleMs = 2_000;
export const beginWithIdleTimeout = (ms: number): string =>
  `BEGIN; SET LOCAL idle_in_transaction_session_timeout = ${ms}`;
export const begin = beginWithIdleTimeout(maxIdleMs);

/** The work swallowed the failure of a statement: PostgreSQL then answers COMMIT with a rollback, and reports no error. */
class RolledBack extends Error {
  constructor() {
    super('PostgreSQL rolled the transaction back, since a statement in it had failed');
  }
}

/**
 * Runs work in one transaction: committed when the work resolves, rolled back when it throws. `beginning` may add settings of the
 * transaction's own (`SET LOCAL …`). Throws RolledBack, and what the work throws. A connection that can't even roll back is not used
 * again, nor one on which the work failed as unavailable: a new connection may meet another state.
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
