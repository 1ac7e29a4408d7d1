import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { messageOf } from '../../../shared/message-of.js';
import type { EventBatch, EventStore } from '../../event-store/event-store.js';
import type { DeadLetters } from '../dead-letters/dead-letters.js';
import type { RowDifferences } from '../verification/differences.js';
import { foldBatch, type FoldedBatch } from '../writing/folded-batch.js';
import { BatchBuffer } from '../writing/batch-buffer.js';
import { Handover } from '../rebuild/handover.js';
import { assertHolds } from '../log-identity/log-holds.js';
import { renewMs, type Lease } from './lease.js';
import type { Projection } from '../projection.js';
import { Rate } from '../status/rate.js';
import { RowsWriter } from '../writing/rows-writer.js';

/** Events that are read at a time. */
const readSize = 2_000;
/**
 * Events that are folded and written at a time while there are more: the rows of a ticket, say, are written once instead of five
 * times when its whole life comes in one batch. (10 000 events of a row a ticket: 2.3 times as fast as 2 000.)
 */
const writeSize = 10_000;
/**
 * And so many bytes: long texts would otherwise be held by the hundred megabytes. A batch is in memory several times over, as it was
 * read, decoded and written, and the next one comes meanwhile.
 */
const writeBytes = 8_000_000;
/** The position is written after so many, also where few of their events are of interest. */
const maxBatches = 50;
/** While live traffic goes on beside a rebuild: folding more at once would keep it waiting. */
const smallSize = 1_000;

const handoverMs = 200;
const maxRestMs = 200;

export interface ProjectionRunnerOptions {
  projection: Projection;
  lease: Lease;
  state: 'serving' | 'building';
  store: EventStore;
  pool: Pool;
  letters: DeadLetters;
  /** Told when rows that are served have come further. */
  advanced: (position: bigint) => void;
  /** Told when nothing stands in the way any more: something was written, or there is nothing to write. */
  wentOn: () => void;
  /** Whether events come in that a rebuild must leave room for. */
  busy: () => boolean;
  /** Whether some process folds events into the rows that are served. */
  servedIsLed: () => Promise<boolean>;
  /** Why the tenure before this one failed; told until this one goes on. */
  lastError: string | null;
}

/** The time during which this process folds events into one generation: until it is stopped, is replaced, or fails. */
export class ProjectionRunner {
  private readonly stopping = new AbortController();
  private readonly writer: RowsWriter;
  private readonly handover: Handover;
  private readonly rate = new Rate();
  private state: 'serving' | 'building';
  private lastBatch = 0;
  private lastError: string | null;
  private last: Promise<unknown> = Promise.resolve();
  private served = 0n;
  private differences: RowDifferences | undefined;
  private compared: boolean;
  private readable = false;
  private workingSince = performance.now();

  constructor(private readonly options: ProjectionRunnerOptions) {
    const { projection, lease, pool, letters, store, state, servedIsLed } = options;
    this.state = state;
    this.lastError = options.lastError;
    this.differences = lease.verification ?? undefined;
    this.compared = lease.verification !== null;
    this.writer = new RowsWriter(projection, lease, pool, letters);
    this.handover = new Handover(projection, lease, this.writer, store, pool, servedIsLed);
  }

  stop(): void {
    this.stopping.abort();
  }

  /** Resolves when it was stopped; throws LeaseLost where another process leads now, or what else went wrong. */
  async run(): Promise<void> {
    const { letters, lease, store } = this.options;
    try {
      await this.writer.load();
      // What has changed since may be the very thing that stood in their way.
      for (const letter of await letters.of(lease.key)) await letters.requestRetry(letter.id);
      await assertHolds(store, lease);
      this.onAdvanced();
      await this.untilBothEnd(this.follow(), this.heartbeat());
      await this.last;
    } catch (error) {
      this.lastError = messageOf(error);
      throw error;
    } finally {
      await lease.release(this.lastError).catch(() => undefined);
    }
  }

  /** When one ends, however it does, so does the other; throws what either has failed of. */
  private async untilBothEnd(...work: Promise<void>[]): Promise<void> {
    const settled = await Promise.allSettled(work.map((one) => one.finally(() => this.stop())));
    const failed = settled.find((outcome) => outcome.status === 'rejected');
    if (failed) throw failed.reason;
  }

  /** Renews the lease and looks for what an operator asks for, for as long as the tenure lasts. */
  private async heartbeat(): Promise<void> {
    const { signal } = this.stopping;
    const rested = () => sleep(renewMs, true, { signal }).catch(() => false);
    while (await rested()) {
      await this.options.lease.renew({
        rate: this.rate.perSecond(),
        batchSize: this.lastBatch,
        lastError: this.lastError,
      });
      await this.retryRequested();
    }
  }

  private async retryRequested(): Promise<void> {
    const { letters, lease, store } = this.options;
    if (this.writer.blocked.size === 0) return;
    for (const letter of await letters.of(lease.key)) {
      if (letter.retryRequestedAt !== null) await this.runOnce(() => this.writer.retry(letter, store));
    }
  }

  /** One thing at a time is written; each waits for the one before. */
  private runOnce<Result>(write: () => Promise<Result>): Promise<Result> {
    const result = this.last.then(write);
    this.last = result;
    result.catch(() => this.stop());
    return result;
  }

  /** Reads on and folds while the batch before is written. */
  private async follow(): Promise<void> {
    const { projection, store, lease } = this.options;
    const { signal } = this.stopping;
    const { bookmark, position: after } = lease;
    const batches = store
      .subscribe({
        ...{ after, mark: bookmark?.position === after ? bookmark.mark : undefined },
        streamPrefix: projection.streamPrefix,
        without: projection.without,
        batchSize: this.state === 'building' ? smallSize : readSize,
        signal,
      })
      [Symbol.asyncIterator]();
    const gathered = new BatchBuffer();
    let coming = batches.next();
    let written: Promise<void> = Promise.resolve();
    while (!signal.aborted) {
      const next = await coming;
      if (next.done === true) break;
      coming = batches.next();
      coming.catch(() => undefined);
      gathered.add(next.value);
      if (!next.value.caughtUp && !this.isFull(gathered)) continue;
      const batch = gathered.take();
      const folded = this.fold(batch);
      await written;
      written = this.write(batch, folded);
      written.catch(() => undefined);
      if (this.state === 'building' && (batch.caughtUp || this.options.busy())) {
        await written;
        await this.throttle();
        if (batch.caughtUp) await this.replaceBefore(coming);
      }
    }
    await written;
  }

  private isFull({ size, bytes, batches }: BatchBuffer): boolean {
    return size >= this.writeSize || bytes >= writeBytes || batches >= maxBatches;
  }

  private get writeSize(): number {
    return this.state === 'building' && this.options.busy() ? smallSize : writeSize;
  }

  private fold(batch: EventBatch): FoldedBatch {
    return foldBatch(this.options.projection, batch, this.writer.blocked);
  }

  private async write(batch: EventBatch, folded: FoldedBatch): Promise<void> {
    if (this.state === 'building') await this.compareBefore(batch);
    await this.runOnce(async () => {
      const position = this.writer.position;
      if (batch.position <= position) {
        // In a quiet hour nothing comes that could be written: having read to the end of the log is all there is to show for it.
        if (batch.caughtUp) this.wentOn();
        return;
      }
      // Some of them may have been applied meanwhile, to compare at a certain position.
      const [first] = batch.events;
      const whole = first === undefined || first.position > position;
      const later = whole ? batch.events : batch.events.filter((event) => event.position > position);
      await this.writer.write(whole ? folded : this.fold({ ...batch, events: later }));
      this.lastBatch = later.length;
      this.rate.add(later.length);
      this.wentOn();
      this.onAdvanced();
    });
  }

  private wentOn(): void {
    this.lastError = null;
    this.options.wentOn();
  }

  private onAdvanced(): void {
    if (this.state === 'serving') this.options.advanced(this.writer.position);
  }

  /** Before the new rows go beyond those that are served, which may never come further. */
  private async compareBefore(batch: EventBatch): Promise<void> {
    if (this.compared || batch.position < this.served) return;
    this.served = await this.handover.servingPosition();
    if (batch.position >= this.served) await this.compare();
  }

  private async compare(): Promise<void> {
    if (this.compared) return;
    await this.runOnce(async () => {
      const differences = await this.handover.compare(this.stopping.signal);
      if (differences === 'not-yet') return;
      this.differences = differences;
      this.compared = true;
    });
  }

  private replace(): Promise<'replaced' | 'not-yet'> {
    return this.runOnce(() => this.handover.replace(this.differences, this.stopping.signal));
  }

  private async makeReadable(): Promise<void> {
    if (this.readable) return;
    await this.runOnce(() => this.handover.makeReadable());
    this.readable = true;
  }

  /** Until it is done, or there is more to fold. */
  private async replaceBefore(coming: Promise<unknown>): Promise<void> {
    const { signal } = this.stopping;
    await this.makeReadable();
    const more = coming.then(
      () => true,
      () => true,
    );
    do {
      await this.compare();
      if (this.compared && (await this.replace()) === 'replaced') {
        this.state = 'serving';
        this.onAdvanced();
        return;
      }
    } while (!signal.aborted && !(await Promise.race([more, sleep(handoverMs, false)])));
  }

  /** A rebuild takes half of the time at most while events come in, so that writing them stays fast. */
  private async throttle(): Promise<void> {
    const { signal } = this.stopping;
    const workedMs = Math.min(performance.now() - this.workingSince, maxRestMs);
    if (this.options.busy()) await sleep(workedMs, undefined, { signal }).catch(() => undefined);
    this.workingSince = performance.now();
  }
}
