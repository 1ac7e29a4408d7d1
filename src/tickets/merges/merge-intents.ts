import { Injectable } from '@nestjs/common';
import { Pool } from 'pg';
import { sql, type Sql } from '../../platform/database/sql.js';
import { queryWithDeadline } from '../../platform/database/query-with-deadline.js';
import type { Append } from '../../platform/event-store/event-store.js';

/** The newest merge that was announced. */
export interface MergeIntent {
  /** Counts the merges: each has a number of its own. */
  number: bigint;
  /** The append that was announced; null once it is known to have been written, or to be impossible. */
  append: Append | null;
}

export const selectNewestMerge = (): Sql => sql`SELECT number, append FROM tickets.merge_intent`;

/**
 * Compare-and-swap: the condition of the UPDATE decides which process merges. A repository would read first, and two processes could
 * merge.
 */
export const announceMerge = (after: bigint, append: Append): Sql => sql`
  UPDATE tickets.merge_intent SET number = number + 1, append = ${JSON.stringify(append)}
   WHERE number = ${String(after)} RETURNING number`;

export const settleMerge = (number: bigint): Sql =>
  sql`UPDATE tickets.merge_intent SET append = NULL WHERE number = ${String(number)}`;

/**
 * The register of announced merges, one for all processes. Every call fails as unavailable where the database does not answer in time.
 */
@Injectable()
export class MergeIntents {
  constructor(private readonly pool: Pool) {}

  async newest(): Promise<MergeIntent> {
    const [row] = await queryWithDeadline<{ number: string; append: Append | null }>(
      this.pool,
      selectNewestMerge(),
    );
    if (!row) throw new Error('tickets.merge_intent has no row');
    return { number: BigInt(row.number), append: row.append };
  }

  /** Announces the merge that follows number `after`. False where another process announced that one: then nothing changed. */
  async announce(after: bigint, append: Append): Promise<boolean> {
    const rows = await queryWithDeadline(this.pool, announceMerge(after, append));
    return rows.length > 0;
  }

  /** Records that nothing is left to be done for the merge of this number. */
  async settled(number: bigint): Promise<void> {
    await queryWithDeadline(this.pool, settleMerge(number));
  }
}
