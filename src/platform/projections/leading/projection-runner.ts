import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { safeMessageOf } from '../../observability/safe-error.js';
import type { Mutex } from '../../../shared/concurrency/mutex.js';
import type { EventBatch, EventStore } from '../../event-store/event-store.js';
import type { DeadLetters } from '../dead-letters/dead-letters.js';
import type { RowDifferences } from '../verification/differences.js';
import type { CommitGroup } from '../writing/commit-group.js';
import { foldBatch, type FoldedBatch } from '../writing/folded-batch.js';
import { BatchBuffer } from '../writing/batch-buffer.js';
import { Handover } from '../rebuild/handover.js';
import { assertHolds } from '../log-identity/log-holds.js';
import { renewMs, type Lease } from './lease.js';
import type { Projection } from '../projection.js';
import { Rate } from '../status/rate.js';
import type { Turns } from '../../../shared/concurrency/turns.js';
import { RowsWriter } from '../writing/rows-writer.js';
import { RowStatistics } from './row-statistics.js';
import type { WritePace } from './write-pace.js';

/** How many events are read at a time. */
const readSize = 2_000;
/**
 * How many events are folded and written at a time while there are more: the row of a ticket, say, is written once instead of five
 * times when the ticket's whole life is in one batch. (With one row per ticket, 10 000 events are 2.3 times as fast as 2 000.)
 */
const writeSize = 10_000;
/**
 * How many bytes are folded and written at a time: batches of long texts would otherwise take hundreds of megabytes. A batch is in
 * memory several times over, as it was read, decoded and written, and the next batch arrives meanwhile.
 */
const writeBytes = 8_000_000;
/** The checkpoint is written after this many batches, even if the projection wants few of their events. */
const maxBatches = 50;
/** The batch of a rebuild while there is live traffic: folding more at once would keep the traffic waiting. */
const smallSize = 1_000;

const handoverMs = 200;
const maxRestMs = 200;

export interface ProjectionRunnerOptions {
  projection: Projection;
  lease: Lease;
  state: 'serving' | 'building';
  store: EventStore;
  pool: Pool;
  deadLetters: DeadLetters;
  /** Those that this process leads write together while nobody waits, at the pace that they share. */
  group: CommitGroup;
  pace: WritePace;
  /** Taken to fold what was far behind: those that this process leads come to that at the same moment where they read together. */
  turns: Turns;
  /** Of all that this process leads, one hands over at a time: each takes several connections for it, of which a pool has few. */
  handovers: Mutex;
  /** Called with the new position when served rows have advanced. */
  onAdvanced: (position: bigint) => void;
  /** Called when nothing blocks the projection any more: something was written, or there is nothing to write. */
  onProgress: () => void;
  /** Called when no events come because the log can't be read, and with null once they come again. */
  onFailing: (failure: Error | null) => void;
  /** Whether there is live traffic, for which a rebuild must leave room. */
  busy: () => boolean;
  /** Whether some process folds events into the rows that are served. */
  servedIsLed: () => Promise<boolean>;
  /** Why the run before this one failed; reported until this one makes progress. */
  lastError: string | null;
  /** How many runs before this one failed in a row. */
  failures: number;
}

/** Folds events into one generation while this process holds its lease: until it is stopped, is replaced, or fails. */
export class ProjectionRunner {
  private readonly stopping = new AbortController();
  private readonly writer: RowsWriter;
  private readonly handover: Handover;
  private readonly statistics: RowStatistics;
  private readonly rate = new Rate();
  private state: 'serving' | 'building';
  private lastBatch = 0;
  private lastError: string | null;
  private last: Promise<unknown> = Promise.resolve();
  private served = 0n;
  private readTo = 0n;
  private differences: RowDifferences | undefined;
  private compared: boolean;
  private readable = false;
  private workingSince = performance.now();

  constructor(private readonly options: ProjectionRunnerOptions) {
    const { projection, lease, pool, deadLetters: letters, store, state, servedIsLed, failures } = options;
    this.state = state;
    this.lastError = options.lastError;
    this.differences = lease.verification ?? undefined;
    this.compared = lease.verification !== null;
    this.writer = new RowsWriter(projection, lease, pool, letters, failures, this.stopping.signal);
    this.handover = new Handover(projection, lease, this.writer, store, pool, servedIsLed);
    this.statistics = new RowStatistics(projection, lease.key.schema, pool, lease.position);
  }

  stop(): void {
    this.stopping.abort();
  }

  /** Resolves once it was stopped; throws LeaseLost when another process leads now, LogWentBack, or any other failure. */
  async run(): Promise<void> {
    const { deadLetters: letters, lease, store } = this.options;
    try {
      await this.writer.load();
      // Dead letters are retried at each start: the code, say, may have changed since they failed.
      for (const letter of await letters.of(lease.key)) await letters.requestRetry(letter.id);
      await assertHolds(store, lease);
      this.onAdvanced();
      await this.untilBothEnd(this.follow(), this.heartbeat());
      await this.last;
    } catch (error) {
      if (this.isStop(error)) return;
      this.lastError = safeMessageOf(error);
      throw error;
    } finally {
      await lease.release(this.lastError).catch(() => undefined);
    }
  }

  /** Runs tasks until all have ended: when the first ends, for whatever reason, the others are stopped. Throws the first failure. */
  private async untilBothEnd(...work: Promise<void>[]): Promise<void> {
    const settled = await Promise.allSettled(work.map((task) => task.finally(() => this.stop())));
    const failed = settled
      .filter((outcome) => outcome.status === 'rejected')
      .find(({ reason }) => !this.isStop(reason));
    if (failed) throw failed.reason;
  }

  /** Whether this only says that the run was to stop. */
  private isStop(error: unknown): boolean {
    const { signal } = this.stopping;
    return signal.aborted && error === signal.reason;
  }

  /** Renews the lease, and retries the dead letters that an operator asked to retry, as long as this run lasts. */
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
    const { deadLetters: letters, lease, store } = this.options;
    if (this.writer.blocked.size === 0) return;
    // Thousands take longer than the lease lasts, which has to be renewed between.
    const until = performance.now() + renewMs;
    for (const letter of await letters.of(lease.key)) {
      if (performance.now() > until) return;
      if (letter.retryRequestedAt !== null) await this.runOnce(() => this.writer.retry(letter, store));
    }
  }

  /** Runs one write at a time: each waits for the write before it. A failed write stops the run. */
  private runOnce<Result>(write: () => Promise<Result>): Promise<Result> {
    const result = this.last.then(write);
    this.last = result;
    result.catch(() => this.stop());
    return result;
  }

  /** Follows the log: reads and folds a batch while the batch before is written. */
  private async follow(): Promise<void> {
    const { projection, store, lease } = this.options;
    const { signal } = this.stopping;
    const { bookmark, position: after } = lease;
    const batches = store
      .subscribe({
        ...{ after, mark: bookmark?.position === after ? bookmark.mark : undefined },
        streamPrefix: projection.streamPrefix,
        without: projection.without,
        inStep: true,
        batchSize: this.state === 'building' ? smallSize : readSize,
        onFailing: (failure) => this.reportFailing(failure),
        signal,
      })
      [Symbol.asyncIterator]();
    const buffer = new BatchBuffer();
    this.readTo = after;
    let coming = batches.next();
    let written: Promise<void> = Promise.resolve();
    while (!signal.aborted) {
      const next = await coming;
      if (next.done === true) break;
      coming = this.after(next.value, batches);
      coming.catch(() => undefined);
      buffer.add(next.value);
      if (!next.value.caughtUp && !this.isFull(buffer)) continue;
      const batch = buffer.take();
      if (batch.events.length > smallSize) await this.options.turns.take();
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

  /** What follows a batch: what comes soon after the end of the log is gathered, also where only the checkpoint moves. */
  private async after(
    { caughtUp, position }: EventBatch,
    batches: AsyncIterator<EventBatch>,
  ): Promise<IteratorResult<EventBatch>> {
    const isGathered = this.state === 'serving' && caughtUp && position > this.readTo;
    this.readTo = position;
    if (isGathered) await this.options.pace.rest(this.stopping.signal);
    return batches.next();
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
        // In a quiet hour there is nothing to write; then having read to the end of the log shows that the projection works.
        if (batch.caughtUp) this.reportProgress();
        return;
      }
      // The handover may have applied some of these events meanwhile, to compare both sets of rows at one position.
      const [first] = batch.events;
      const whole = first === undefined || first.position > position;
      const later = whole ? batch.events : batch.events.filter((event) => event.position > position);
      const current = whole ? folded : this.fold({ ...batch, events: later });
      await this.writer.write(current, this.group);
      this.lastBatch = later.length;
      this.rate.add(later.length);
      this.reportProgress();
      if (this.state === 'serving') await this.statistics.keepUp(this.writer.position);
      this.onAdvanced();
    });
  }

  /** Those to write with: none while somebody waits, who would wait for all of them. */
  private get group(): CommitGroup | undefined {
    const { group, pace } = this.options;
    return this.state === 'serving' && !pace.isAwaited ? group : undefined;
  }

  private reportFailing(failure: Error | null): void {
    this.lastError = failure && safeMessageOf(failure);
    this.options.onFailing(failure);
  }

  private reportProgress(): void {
    this.lastError = null;
    this.options.onProgress();
  }

  private onAdvanced(): void {
    if (this.state === 'serving') this.options.onAdvanced(this.writer.position);
  }

  /** Compares before the new rows go beyond the served rows, which may never advance any more. */
  private async compareBefore(batch: EventBatch): Promise<void> {
    if (this.compared || batch.position < this.served) return;
    this.served = await this.handover.servingPosition();
    if (batch.position >= this.served) await this.compare(batch);
  }

  private async compare(read?: EventBatch): Promise<void> {
    if (this.compared) return;
    await this.runOnce(async () => {
      const differences = await this.inTurn((signal) => this.handover.compare(signal, read));
      if (differences === 'not-yet') return;
      this.differences = differences;
      this.compared = true;
    });
  }

  private replace(): Promise<'replaced' | 'not-yet'> {
    return this.runOnce(() => this.inTurn((signal) => this.handover.replace(this.differences, signal)));
  }

  private inTurn<Result>(
    handOver: (signal: AbortSignal) => Promise<Result | 'not-yet'>,
  ): Promise<Result | 'not-yet'> {
    const { signal } = this.stopping;
    return this.options.handovers.run(async () => (signal.aborted ? 'not-yet' : handOver(signal)));
  }

  /** Makes what readers of the new rows need: the indexes, and the statistics by which PostgreSQL chooses among them. */
  private async makeReadable(): Promise<void> {
    if (this.readable) return;
    await this.runOnce(async () => {
      await this.handover.makeIndexes();
      await this.statistics.renew(this.writer.position);
    });
    this.readable = true;
  }

  /** Tries to replace the served rows until that is done, or until there are more events to fold. */
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

  /** Rests as long as it has worked while there is live traffic: a rebuild takes half of the time at most, so that writes stay fast. */
  private async throttle(): Promise<void> {
    const { signal } = this.stopping;
    const workedMs = Math.min(performance.now() - this.workingSince, maxRestMs);
    if (this.options.busy()) await sleep(workedMs, undefined, { signal }).catch(() => undefined);
    this.workingSince = performance.now();
  }
}
