import type { Pool, PoolClient } from 'pg';
import type { Bookmark } from '../../event-store/event-store.js';
import type { RowDifferences } from '../verification/differences.js';
import type { GenerationKey } from '../rebuild/generation-tables.js';
import { bookmarkIn } from '../bookmark-row.js';
import { sql, statement, type Sql } from '../../database/sql.js';
import {
  keepDifferences,
  leaseMs,
  moveCheckpoint,
  releaseLease,
  renewLease,
  takeLease,
  type CheckpointMove,
  type HeldLease,
  type OutlivedLease,
  type Report,
} from './lease-statements.js';

export { leaseMs, type Report };

export const renewMs = 750;

/** This process leads no more: another does, or the generation has ended. Nothing was written. */
export class LeaseLost extends Error {}

interface Taken {
  epoch: string;
  position: string;
  mark: string | null;
  mark_position: string | null;
  verification: RowDifferences | null;
}

/**
 * The right to write a generation's rows. It lasts for `leaseMs` unless renewed; each one has an epoch of its own, and every
 * transaction that writes rows first moves the checkpoint *of that epoch*: so whoever has been replaced, and does not know it
 * yet, because it was frozen, say, writes nothing.
 */
export class Lease {
  private constructor(
    private readonly pool: Pool,
    readonly key: GenerationKey,
    readonly epoch: bigint,
    /** Where the rows stood when the lease was taken. */
    readonly position: bigint,
    /** The newest event that was read into them. */
    readonly bookmark: Bookmark | null,
    /** What comparing them with the served ones came to; null where they have not been, or are served. */
    readonly verification: RowDifferences | null,
  ) {}

  /**
   * Takes what is free: a lease that has run out, or that is still as it was seen, by a LeaseWatch, for longer than it lasts.
   * undefined where another process leads, or is writing at this very moment.
   */
  static async take(
    pool: Pool,
    key: GenerationKey,
    { leader, seen }: { leader: string; seen: OutlivedLease },
  ): Promise<Lease | undefined> {
    const { rows } = await pool.query<Taken>(statement(takeLease(key, leader, seen)));
    const [row] = rows;
    return (
      row && new Lease(pool, key, BigInt(row.epoch), BigInt(row.position), bookmarkIn(row), row.verification)
    );
  }

  /** Throws LeaseLost where it is another's. */
  async renew(report: Report): Promise<void> {
    const { rowCount } = await this.pool.query(statement(renewLease(this.held, report)));
    if (rowCount !== 1) throw new LeaseLost();
  }

  /** Keeps what a comparison came to: a leader after this one may never find both rows at one position again. */
  async keepVerification(differences: RowDifferences): Promise<void> {
    const { rowCount } = await this.pool.query(statement(keepDifferences(this.held, differences)));
    if (rowCount !== 1) throw new LeaseLost();
  }

  /** Lets the next leader begin at once. */
  async release(lastError: string | null): Promise<void> {
    await this.pool.query(statement(releaseLease(this.held, lastError)));
  }

  /**
   * Moves the checkpoint, in the transaction that writes the rows. Throws LeaseLost unless the lease is ours and the rows stand where
   * the batch begins.
   */
  async moveCheckpoint(client: PoolClient, from: bigint, to: CheckpointMove): Promise<void> {
    const { rowCount } = await client.query(
      statement(moveCheckpoint(this.held, from, to), 'projections-move-checkpoint'),
    );
    if (rowCount !== 1) throw new LeaseLost();
  }

  private get held(): HeldLease {
    return { ...this.key, epoch: this.epoch };
  }
}

/** Where processes tell each other `<name> <position>`, or, for anything else that calls for a look at the tables, nothing. */
export const channel = 'projections';

export const wakeAll = (): Sql => sql`SELECT pg_notify(${channel}, '')`;

export const notifyAll = async (pool: Pool): Promise<void> => {
  await pool.query(statement(wakeAll()));
};
