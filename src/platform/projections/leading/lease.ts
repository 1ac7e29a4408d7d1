import type { Pool, PoolClient } from 'pg';
import type { Bookmark } from '../../event-store/event-store.js';
import type { RowDifferences } from '../verification/differences.js';
import type { GenerationKey } from '../rebuild/generation-tables.js';
import { bookmarkIn } from '../bookmark-row.js';
import { currentEpoch } from '../log-identity/log-epochs.js';

/**
 * A leader that has not been heard of for so long is replaced. Its clock does not matter: PostgreSQL's decides, or, where that was
 * set back, the monotonic one of whoever waits.
 */
export const leaseMs = 3_000;
export const renewMs = 750;

/** This process leads no more: another does, or the generation has ended. Nothing was written. */
export class LeaseLost extends Error {}

/** What a leader tells of itself each time it renews its lease. */
export interface Report {
  rate: number;
  batchSize: number;
  lastError: string | null;
}

interface Taken {
  epoch: string;
  position: string;
  mark: string | null;
  mark_position: string | null;
  verification: RowDifferences | null;
}

const until = `clock_timestamp() + interval '${leaseMs} milliseconds'`;

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
    leader: string,
    seen: { epoch: bigint; leaseUntil: string | null },
  ): Promise<Lease | undefined> {
    const { rows } = await pool.query<Taken>(
      `UPDATE projections.generations AS mine
          SET leader = $3, epoch = epoch + 1, lease_until = ${until}
         FROM (SELECT name, generation FROM projections.generations
                WHERE name = $1 AND generation = $2 AND state IN ('serving', 'building')
                  AND (lease_until IS NULL OR lease_until < clock_timestamp() OR leader = $3
                       OR (epoch = $4 AND lease_until = $5::timestamptz))
                  FOR UPDATE SKIP LOCKED) AS free
        WHERE mine.name = free.name AND mine.generation = free.generation
        RETURNING mine.epoch, mine.position, mine.mark, mine.mark_position, mine.verification`,
      [key.name, key.generation, leader, String(seen.epoch), seen.leaseUntil],
    );
    const [row] = rows;
    return (
      row && new Lease(pool, key, BigInt(row.epoch), BigInt(row.position), bookmarkIn(row), row.verification)
    );
  }

  /** Throws LeaseLost where it is another's. */
  async renew({ rate, batchSize, lastError }: Report): Promise<void> {
    const { rowCount } = await this.pool.query(
      `UPDATE projections.generations SET lease_until = ${until}, rate = $4, batch_size = $5, last_error = $6
        WHERE name = $1 AND generation = $2 AND epoch = $3 AND state IN ('serving', 'building')`,
      [...this.identity, rate, batchSize, lastError],
    );
    if (rowCount !== 1) throw new LeaseLost();
  }

  /** Keeps what a comparison came to: a leader after this one may never find both rows at one position again. */
  async keepVerification(differences: RowDifferences): Promise<void> {
    const { rowCount } = await this.pool.query(
      `UPDATE projections.generations SET verification = $4
        WHERE name = $1 AND generation = $2 AND epoch = $3 AND state = 'building'`,
      [...this.identity, JSON.stringify(differences)],
    );
    if (rowCount !== 1) throw new LeaseLost();
  }

  /** Lets the next leader begin at once. */
  async release(lastError: string | null): Promise<void> {
    await this.pool.query(
      `UPDATE projections.generations SET leader = NULL, lease_until = NULL, rate = 0, last_error = $4
        WHERE name = $1 AND generation = $2 AND epoch = $3`,
      [...this.identity, lastError],
    );
  }

  /**
   * Moves the checkpoint, in the transaction that writes the rows. Throws LeaseLost unless the lease is ours and the rows stand where
   * the batch begins.
   */
  async moveCheckpoint(
    client: PoolClient,
    from: bigint,
    to: { position: bigint; recordedAt: string | null; bookmark: Bookmark | undefined },
  ): Promise<void> {
    const { rowCount } = await client.query({
      name: 'projections-move-checkpoint',
      text: `UPDATE projections.generations
                SET position = $5::bigint, recorded_at = coalesce($6, recorded_at), lease_until = ${until},
                    mark = coalesce($7, mark), mark_position = coalesce($8::bigint, mark_position),
                    log_epoch = ${currentEpoch}
              WHERE name = $1 AND generation = $2 AND epoch = $3 AND position = $4
                AND state IN ('serving', 'building')`,
      values: [
        ...[...this.identity, String(from), String(to.position), to.recordedAt],
        ...[to.bookmark?.mark ?? null, to.bookmark === undefined ? null : String(to.bookmark.position)],
      ],
    });
    if (rowCount !== 1) throw new LeaseLost();
  }

  private get identity(): [string, number, string] {
    return [this.key.name, this.key.generation, String(this.epoch)];
  }
}

/** Where processes tell each other `<name> <position>`, or, for anything else that calls for a look at the tables, nothing. */
export const channel = 'projections';

export const notifyAll = async (pool: Pool): Promise<void> => {
  await pool.query(`SELECT pg_notify('${channel}', '')`);
};
