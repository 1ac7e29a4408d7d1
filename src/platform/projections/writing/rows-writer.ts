import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import { isUnavailable, lacksRelations } from '../../database/failures.js';
import { beginWithIdleTimeout, inTransaction } from '../../database/transaction.js';
import { bookmarkOf } from '../../event-store/bookmark.js';
import {
  EventStoreUnavailable,
  type EventBatch,
  type EventStore,
  type RecordedEvent,
} from '../../event-store/event-store.js';
import { BlockedStreams } from '../dead-letters/blocked-streams.js';
import {
  countWaiting,
  moveDeadLetter,
  deadLetter,
  removeDeadLetter,
  type DeadLetter,
  type DeadLetters,
} from '../dead-letters/dead-letters.js';
import { backoffMs, type Backoff } from '../../../shared/concurrency/backoff.js';
import type { CommitGroup } from './commit-group.js';
import { foldBatch, type FoldedBatch } from './folded-batch.js';
import { LeaseLost, type Lease } from '../leading/lease.js';
import type { CheckpointMove } from '../leading/lease-statements.js';
import type { Projection } from '../projection.js';

/** What an event that can't be folded or written is tried again after, in milliseconds. */
const retriesMs = [50, 200, 500];
/**
 * With more put aside, it is no accident of the moment: what fails then is put aside at once, since ten thousand tickets, each
 * tried for a second, would keep all others waiting for hours. It never stops at a count: others would wait for an operator.
 */
const maxPatientlyTried = 20;

/**
 * PostgreSQL ends a transaction of ours that is idle for this long, so that a process that froze in it keeps no other from leading. A
 * process that has too little of the processor looks the same: so each failure in a row doubles it, or that one would never get on.
 */
const idleLimit: Backoff = { firstMs: 2_000, maxMs: 60_000 };

/** A larger batch is one to catch up with: several are then written faster at the same time than one after the other. */
const maxTogether = 1_000;

type Batch = Pick<EventBatch, 'events' | 'position' | 'bookmark'>;

/** Writes what batches come to: rows and checkpoint in one transaction, under a lease. One call at a time. */
export class RowsWriter {
  readonly blocked = new BlockedStreams();
  private caughtUpTo: bigint;
  private readonly begin: string;

  constructor(
    private readonly projection: Projection,
    private readonly lease: Lease,
    private readonly pool: Pool,
    private readonly letters: DeadLetters,
    failures: number,
    private readonly stopping: AbortSignal,
  ) {
    this.caughtUpTo = lease.position;
    const begin = beginWithIdleTimeout(backoffMs(idleLimit, failures + 1));
    this.begin = `${begin}; SET LOCAL search_path = ${lease.key.schema}`;
  }

  /** Everything up to here is written, but for what is put aside. */
  get position(): bigint {
    return this.caughtUpTo;
  }

  async load(): Promise<void> {
    this.blocked.set(await this.letters.of(this.lease.key));
  }

  /**
   * Writes a batch, together with what the others of a group write if one is given; an event that can't be is put aside. Throws
   * LeaseLost, whatever says that PostgreSQL is away, and the signal's reason where it was to stop while events failed.
   */
  async write(folded: FoldedBatch, group?: CommitGroup): Promise<void> {
    const current =
      folded.blockedChanges === this.blocked.changes
        ? folded
        : foldBatch(this.projection, folded.batch, this.blocked);
    if (group && (await this.commitWith(group, current))) return;
    try {
      await this.commit(current);
    } catch (error) {
      if (!isPoison(error)) throw error;
      await this.isolate(folded.batch, error);
    }
  }

  /** Folds what was put aside, and all that waits behind it, in order; as far as it can, where one of them fails again. */
  async retry(letter: DeadLetter, store: EventStore): Promise<void> {
    const { stream } = letter;
    const all = await this.readAgain(letter, store);
    if (!all) return;
    const failure = (await this.attempt(letter, all, [])) && (await this.attemptEach(letter, all));
    if (failure) await this.letters.failedAgain(letter, failure.error);
    else this.blocked.delete(stream);
  }

  /** Undefined where the store, or a key, is away: it's tried again with the next heartbeat, and all others go on meanwhile. */
  private async readAgain(
    { stream, revision }: DeadLetter,
    store: EventStore,
  ): Promise<RecordedEvent[] | undefined> {
    try {
      const events = await store.readStream(stream, revision);
      return events.filter(({ position }) => position <= this.caughtUpTo);
    } catch (error) {
      if (error instanceof EventStoreUnavailable) return undefined;
      throw error;
    }
  }

  private async attemptEach(
    letter: DeadLetter,
    events: readonly RecordedEvent[],
  ): Promise<{ error: unknown } | undefined> {
    for (const [index, event] of events.entries()) {
      const failure = await this.attempt(letter, [event], events.slice(index + 1));
      if (failure) return failure;
    }
    return undefined;
  }

  /** Applies some of what was put aside; the letter is then that of what is left. */
  private async attempt(
    letter: DeadLetter,
    events: readonly RecordedEvent[],
    [next, ...later]: readonly RecordedEvent[],
  ): Promise<{ error: unknown } | undefined> {
    try {
      const change = this.projection.fold(events);
      // What is known is as new as before: so no event's time is given.
      await this.transaction({ position: this.caughtUpTo, events: [] }, async (client) => {
        await this.projection.write(change, client);
        await (next
          ? moveDeadLetter(client, { from: letter, to: next, waiting: later.length })
          : removeDeadLetter(client, letter));
      });
      return undefined;
    } catch (error) {
      if (!isPoison(error)) throw error;
      return { error };
    }
  }

  private async commit(folded: FoldedBatch): Promise<void> {
    if ('error' in folded.outcome) throw folded.outcome.error;
    await this.transaction(folded.batch, (client) => this.writeRows(folded, client));
  }

  /** False where it has to be written alone. */
  private async commitWith(group: CommitGroup, folded: FoldedBatch): Promise<boolean> {
    const { batch, outcome } = folded;
    if ('error' in outcome || batch.events.length > maxTogether) return false;
    const isWritten = await group.commit({
      lease: { ...this.lease.held, schema: this.lease.key.schema },
      ...{ from: this.caughtUpTo, to: checkpointAfter(batch) },
      write: (client) => this.writeRows(folded, client),
    });
    if (isWritten) this.caughtUpTo = batch.position;
    return isWritten;
  }

  private async writeRows(
    { events, waiting, erasing, outcome }: FoldedBatch,
    client: PoolClient,
  ): Promise<void> {
    if ('error' in outcome) throw outcome.error;
    await countWaiting(client, this.lease.key, waiting);
    if (events.length > 0) await this.projection.write(outcome.change, client);
    if (erasing.length > 0) await this.projection.erase?.(erasing, client);
  }

  /** Halves the batch until what fails is one event. */
  private async isolate(batch: Batch, error: unknown): Promise<void> {
    this.stopping.throwIfAborted();
    const { events } = batch;
    const [first] = events;
    if (!first) throw error;
    if (events.length === 1) {
      await this.retryDeadLetter(batch, first, error);
      return;
    }
    const half = events.length >> 1;
    const earlier = events.slice(0, half);
    await this.write(this.fold({ events: earlier, position: earlier.at(-1)?.position ?? batch.position }));
    await this.write(this.fold({ ...batch, events: events.slice(half) }));
  }

  /** It may have been the moment: so it is tried again a few times before it is put aside. */
  private async retryDeadLetter(batch: Batch, event: RecordedEvent, error: unknown): Promise<void> {
    let last = error;
    const pauses = this.blocked.size < maxPatientlyTried ? retriesMs : [];
    for (const ms of pauses) {
      await sleep(ms, undefined, { signal: this.stopping }).catch(() => undefined);
      this.stopping.throwIfAborted();
      try {
        await this.commit(this.fold(batch));
        return;
      } catch (again) {
        if (!isPoison(again)) throw again;
        last = again;
      }
    }
    await this.transaction(batch, (client) =>
      deadLetter(client, this.lease.key, { event, error: last, attempts: 1 + pauses.length }),
    );
    this.blocked.add(event.stream);
  }

  private fold(batch: Batch): FoldedBatch {
    return foldBatch(this.projection, batch, this.blocked);
  }

  private async transaction(batch: Batch, work: (client: PoolClient) => Promise<void>): Promise<void> {
    await inTransaction(
      this.pool,
      async (client) => {
        await this.lease.moveCheckpoint(client, this.caughtUpTo, checkpointAfter(batch));
        await work(client);
      },
      this.begin,
    );
    this.caughtUpTo = batch.position;
  }
}

const checkpointAfter = ({ position, events, bookmark }: Batch): CheckpointMove => {
  const last = events.at(-1);
  return { position, recordedAt: last?.recordedAt ?? null, bookmark: bookmark ?? (last && bookmarkOf(last)) };
};

/**
 * The event's own fault, as far as can be told: nothing that would pass, no other leader, and nothing that is not there for any
 * event, such as a table or a function: then the projection stops and says so, instead of putting everything aside.
 */
const isPoison = (error: unknown): boolean =>
  !(error instanceof LeaseLost) && !isUnavailable(error) && !lacksRelations(error);
