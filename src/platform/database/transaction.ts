import type { Pool, PoolClient } from 'pg';

/**
 * Runs work in one transaction: committed when it resolves, rolled back when it throws. `begin` may add settings of the
 * transaction's own (`SET LOCAL …`). A connection that can't even roll back is not used again.
 */
export const inTransaction = async <Result>(
  pool: Pool,
  work: (client: PoolClient) => Promise<Result>,
  begin = 'BEGIN',
): Promise<Result> => {
  const client = await pool.connect();
  let broken = false;
  try {
    await client.query(begin);
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    broken = await client.query('ROLLBACK').then(
      () => false,
      () => true,
    );
    throw error;
  } finally {
    client.release(broken);
  }
};
