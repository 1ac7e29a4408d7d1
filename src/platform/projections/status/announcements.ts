import type { Pool } from 'pg';
import { sql, statement, type Sql } from '../../database/sql.js';
import { channel } from '../leading/lease.js';

/**
 * Notifies the other processes how far the served rows have come, with the newest position of each projection, one statement in flight
 * at a time. This is not done in the transactions that write the rows: PostgreSQL lets only one notifying transaction commit at a time,
 * so that projections and appends would wait for each other's disk writes. Nor does this statement wait for the disk: whoever misses
 * a notification reads the tables a moment later.
 */
export class Announcements {
  private readonly pending = new Map<string, bigint>();
  private sending: Promise<void> | undefined;

  constructor(private readonly pool: Pool) {}

  enqueue(name: string, position: bigint): void {
    this.pending.set(name, position);
    this.sending ??= this.send();
  }

  /** Resolves when all pending notifications are sent. */
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
