import type { Pool } from 'pg';
import { sql, statement, type Sql } from '../../database/sql.js';
import { channel } from '../leading/lease.js';

/**
 * Tells the other processes how far the served rows have come, the newest of each projection, one message on its way at a time.
 * Not in the transactions that write the rows: PostgreSQL lets only one transaction that notifies commit at a time, so that
 * projections and appends would wait for each other's disk. Nor does this one wait for the disk: whoever misses a message looks
 * at the tables a moment later.
 */
export class Announcements {
  private readonly pending = new Map<string, bigint>();
  private sending: Promise<void> | undefined;

  constructor(private readonly pool: Pool) {}

  enqueue(name: string, position: bigint): void {
    this.pending.set(name, position);
    this.sending ??= this.send();
  }

  /** Resolves when nothing is on its way. */
  async close(): Promise<void> {
    await this.sending;
  }

  private async send(): Promise<void> {
    while (this.pending.size > 0) {
      const messages = [...this.pending].map(([name, position]) => `${name} ${position}`);
      this.pending.clear();
      await this.pool.query(statement(announce(messages), 'projections-announce')).catch(() => undefined);
    }
    this.sending = undefined;
  }
}

export const announce = (messages: readonly string[]): Sql => sql`
  WITH unhurried AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true))
  SELECT pg_notify(${channel}, message) FROM unhurried, unnest(${messages}::text[]) AS told(message)`;
