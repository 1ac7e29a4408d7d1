import type { Pool } from 'pg';

/**
 * Runs one thing at a time, over all processes on the database. Within the process whoever waits waits in line, holding nothing:
 * only the first in line takes a connection for the database's lock, so waiting can't use up the pool.
 */
export class Exclusive {
  private last: Promise<unknown> = Promise.resolve();

  /** `key` is one lock of the database's advisory locks. */
  constructor(
    private readonly pool: Pool,
    private readonly key: number,
  ) {}

  run<Result>(task: () => Promise<Result>): Promise<Result> {
    const result = this.last.then(() => this.locked(task));
    this.last = result.catch(() => undefined);
    return result;
  }

  private async locked<Result>(task: () => Promise<Result>): Promise<Result> {
    const client = await this.pool.connect();
    let broken = false;
    try {
      await client.query('SELECT pg_advisory_lock($1)', [this.key]);
      return await task();
    } finally {
      // A lock that can't be given back goes with its connection.
      broken = await client.query('SELECT pg_advisory_unlock($1)', [this.key]).then(
        () => false,
        () => true,
      );
      client.release(broken);
    }
  }
}
