import type { Pool, PoolClient } from 'pg';
import type { Bookmark } from '../../event-store/event-store.js';
import type { RowDifferences } from '../verification/differences.js';
import type { GenerationTables } from '../rebuild/generation-tables.js';
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
  type LeaseReport,
} from './lease-statements.js';

export { leaseMs, type LeaseReport };

export const renewMs = 750;

/** This process no longer leads: another process does, or the generation has ended. Nothing was written. */
export class LeaseLost extends Error {}

interface Taken {
  epoch: string;
  position: string;
  mark: string | null;
  mark_position: string | null;
  verification: RowDifferences | null;
}

/**
 * The right to write a generation's rows. It lasts for `leaseMs` unless renewed. Each lease has its own epoch, and every transaction
 * that writes rows also moves the checkpoint *of that epoch*: so a leader that has been replaced and does not know it yet, because it
 * was frozen, say, writes nothing.
 */
export class Lease {
  private constructor(
    private readonly pool: Pool,
    readonly key: GenerationTables,
    readonly epoch: bigint,
    /** The position of the rows when the lease was taken. */
    readonly position: bigint,
    /** The newest event that was read into the rows. */
    readonly bookmark: Bookmark | null,
    /** The differences from the served rows; null when they have not been compared, or these rows are served. */
    readonly verification: RowDifferences | null,
  ) {}

  /**
   * Takes a free lease: one that has run out, or one that a LeaseWatch has seen unchanged for longer than a lease lasts. Resolves to
   * undefined when another process leads, or is writing at this moment.
   */
  static async take(
    pool: Pool,
    key: GenerationTables,
    { leader, seen }: { leader: string; seen: OutlivedLease },
  ): Promise<Lease | undefined> {
    const { rows } = await pool.query<Taken>(statement(takeLease(key, leader, seen)));
    const [row] = rows;
    return (
      row && new Lease(pool, key, BigInt(row.epoch), BigInt(row.position), bookmarkIn(row), row.verification)
    );
  }

  /** Renews the lease and records the report. Throws LeaseLost when another process has taken the lease. */
  async renew(report: LeaseReport): Promise<void> {
    const { rowCount } = await this.pool.query(statement(renewLease(this.held, report)));
    if (rowCount !== 1) throw new LeaseLost();
  }

  /** Records the result of a comparison: a later leader may never find both sets of rows at one position again. Throws LeaseLost. */
  async keepVerification(differences: RowDifferences): Promise<void> {
    const { rowCount } = await this.pool.query(statement(keepDifferences(this.held, differences)));
    if (rowCount !== 1) throw new LeaseLost();
  }

  /** Gives the lease up, so that the next leader can begin at once. */
  async release(lastError: string | null): Promise<void> {
    await this.pool.query(statement(releaseLease(this.held, lastError)));
  }

  /**
   * Moves the checkpoint, in the transaction that writes the rows. Throws LeaseLost unless the lease is ours, and the rows are there
   * and at `from`, where the batch begins.
   */
  async moveCheckpoint(client: PoolClient, from: bigint, to: CheckpointMove): Promise<void> {
    const { rowCount } = await client.query(
      statement(moveCheckpoint(this.held, from, to), 'projections-move-checkpoint'),
    );
    if (rowCount !== 1) throw new LeaseLost();
  }

  /** What statements are fenced by. */
  get held(): HeldLease {
    return { ...this.key, epoch: this.epoch };
  }
}

/** The notification channel of the projections. The payload is `<name> <position>`, or empty for any other change of the tables. */
export const channel = 'projections';

export const wakeAll = (): Sql => sql`SELECT pg_notify(${channel}, '')`;

export const notifyAll = async (pool: Pool): Promise<void> => {
  await pool.query(statement(wakeAll()));
};
