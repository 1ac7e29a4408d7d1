import type { Pool, PoolClient } from 'pg';
import { sql, statement, type Sql } from '../../database/sql.js';
import { begin, inTransaction } from '../../database/transaction.js';
import type { EventBatch, EventStore, RecordedEvent } from '../../event-store/event-store.js';
import { compareRows, type RowDifferences } from '../verification/differences.js';
import { foldBatch } from '../writing/folded-batch.js';
import { dropTablesUnlessRead, makeIndexes, showTables, type GenerationTables } from './generation-tables.js';
import { lockBuilding, lockGenerations, selectServing, serveGeneration } from './generation-statements.js';
import { end } from './generations.js';
import { channel, LeaseLost, type Lease } from '../leading/lease.js';
import type { Projection } from '../projection.js';
import type { RowsWriter } from '../writing/rows-writer.js';

/** The most events to apply while the served rows are locked: the new rows must be near the served position. */
const maxEventsHeld = 1_000;
const lockNotAvailable = '55P03';

interface Serving extends GenerationTables {
  version: number;
  position: bigint;
  incomplete: number;
}

/** Events that were read, one after the other, up to a position. */
type ReadEvents = Pick<EventBatch, 'events' | 'position'>;

/** Notifies of the new rows' position, and, with an empty payload, of a change of the tables. */
export const announceReplaced = (message: string): Sql =>
  sql`SELECT pg_notify(${channel}, ${message}), pg_notify(${channel}, '')`;

/** Puts a generation that was built in the place of the served generation: first compares both, then replaces it in one transaction. */
export class Handover {
  constructor(
    private readonly projection: Projection,
    private readonly lease: Lease,
    private readonly writer: RowsWriter,
    private readonly store: EventStore,
    private readonly pool: Pool,
    /** Whether some process folds events into the served rows. */
    private readonly servedIsLed: () => Promise<boolean>,
  ) {}

  async servingPosition(): Promise<bigint> {
    return (await serving(this.pool, this.projection.name))?.position ?? 0n;
  }

  /** Makes the indexes that readers of the new rows need. */
  makeIndexes(): Promise<void> {
    return makeIndexes(this.pool, this.lease.key.schema, this.projection.tables);
  }

  /**
   * Brings the new rows to exactly the position of the served rows, compares both, and records the differences. The served rows are
   * locked only until a snapshot of both is taken. Resolves to 'not-yet' when the positions are too far apart, and to undefined when
   * they can never be the same again. `read` has the events that come next, as far as they have been read already.
   */
  async compare(signal: AbortSignal, read?: ReadEvents): Promise<RowDifferences | 'not-yet' | undefined> {
    const snapshot = await this.pool.connect();
    let broken = true;
    try {
      const there = await inTransaction(this.pool, async (holder) => {
        const served = await serving(holder, this.projection.name, true);
        if (!served) return undefined;
        if (served.position < this.writer.position) {
          return (await this.servedIsLed()) ? 'not-yet' : undefined;
        }
        if (!(await this.applyUpTo(served.position, signal, read))) return 'not-yet';
        await snapshot.query(`${begin}; SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY; SELECT 1`);
        return served;
      });
      if (typeof there !== 'object') {
        broken = false;
        return there;
      }
      const { tables } = this.projection;
      const schemas = { served: there.schema, expected: this.lease.key.schema };
      const differences = await compareRows(snapshot, { tables, schemas, position: there.position });
      await snapshot.query('ROLLBACK');
      await this.lease.keepVerification(differences);
      broken = false;
      return differences;
    } finally {
      snapshot.release(broken);
    }
  }

  /**
   * Brings the new rows to the position of the served rows, which are locked meanwhile, and puts them in their place. Resolves to
   * 'not-yet' when that position is far, when somebody keeps reading the served rows or adds or ends a generation, or when the new
   * rows have more dead letters.
   * Throws LeaseLost.
   */
  async replace(
    differences: RowDifferences | undefined,
    signal: AbortSignal,
  ): Promise<'replaced' | 'not-yet'> {
    try {
      const replaced = await inTransaction(this.pool, async (client) => {
        await client.query(`SET LOCAL lock_timeout = '250ms'`);
        // Whoever cancels or restarts a rebuild has found its state under this lock, and may drop its tables.
        await client.query(statement(lockGenerations()));
        return this.change(client, signal);
      });
      if (!replaced) return 'not-yet';
      if (differences?.different === 0) await dropTablesUnlessRead(this.pool, replaced);
      return 'replaced';
    } catch (error) {
      if ((error as { code?: string }).code === lockNotAvailable) return 'not-yet';
      throw error;
    }
  }

  private async change(client: PoolClient, signal: AbortSignal): Promise<Serving | undefined> {
    const { key, epoch } = this.lease;
    const served = await serving(client, key.name, true);
    if (!served || !(await this.applyUpTo(served.position, signal))) return undefined;
    const { rows } = await client.query<{ position: string; incomplete: number }>(
      statement(lockBuilding(key, epoch)),
    );
    const [own] = rows;
    if (!own) throw new LeaseLost();
    if (own.incomplete > served.incomplete) return undefined;
    await end(client, served, 'retired');
    await client.query(statement(serveGeneration(key)));
    await showTables(client, this.projection, key);
    await client.query(statement(announceReplaced(`${key.name} ${own.position}`)));
    return served;
  }

  /** Applies the events up to a position; false when there are more than `maxEventsHeld` of them. */
  private async applyUpTo(position: bigint, signal: AbortSignal, read?: ReadEvents): Promise<boolean> {
    if (position <= this.writer.position) return true;
    const events =
      read && read.position >= position
        ? read.events.filter((event) => event.position > this.writer.position && event.position <= position)
        : await this.readUpTo(position, signal);
    if (events.length > maxEventsHeld || signal.aborted) return false;
    await this.writer.write(foldBatch(this.projection, { events, position }, this.writer.blocked));
    return true;
  }

  /** The events up to a position; no more than it takes to see that they are too many. */
  private async readUpTo(position: bigint, signal: AbortSignal): Promise<RecordedEvent[]> {
    const { streamPrefix, without } = this.projection;
    const events: RecordedEvent[] = [];
    const after = this.writer.position;
    for await (const batch of this.store.subscribe({ after, streamPrefix, without, signal })) {
      events.push(...batch.events.filter((event) => event.position <= position));
      if (batch.position >= position || events.length > maxEventsHeld) break;
    }
    return events;
  }
}

const serving = async (
  client: Pool | PoolClient,
  name: string,
  hold = false,
): Promise<Serving | undefined> => {
  const { rows } = await client.query<Omit<Serving, 'position'> & { position: string }>(
    statement(selectServing(name, hold)),
  );
  return rows.map((row) => ({ ...row, position: BigInt(row.position) }))[0];
};
