import type { Bookmark, EventBatch, EventStoreUnavailable, SubscribeOptions } from '../event-store.js';
import { Cursor } from './cursor.js';
import { RecentBatches } from './recent-batches.js';
import type { Subscriber } from './subscriber.js';

/** A subscription of which nothing was read for this long, since all its subscribers are busy, is too far behind to be joined. */
const staleMs = 1_000;
/** Those that catch up wait so long for one of them that writes: reading again what it has missed would take longer for all. */
const maxHeldMs = 10_000;

export interface SharedSubscriptionOptions {
  subscribe: (options: SubscribeOptions) => AsyncIterable<EventBatch>;
  /** Where it begins; the mark is that of the newest event at the position or before it. */
  start: Bookmark;
  /** Called when the subscription has failed for good. */
  onFailed: (error: unknown) => void;
  /**
   * It is for subscribers that catch up: it is read to the end of the log and no further, no faster than the slowest of them takes what
   * is read, and tells none of them that it has caught up. They may join at its beginning for so many ms.
   */
  catchUpWithinMs?: number | undefined;
}

/** One subscription to the whole log that several subscribers are fed from. It is read as fast as the fastest of them asks. */
export class SharedSubscription {
  private readonly batches: RecentBatches;
  private readonly cursors = new Map<Subscriber, Cursor>();
  private readonly waiting = new Set<() => void>();
  private readonly ending = new AbortController();
  private readonly source: AsyncIterator<EventBatch>;
  private reading: Promise<void> | undefined;
  private readonly begunAt = performance.now();
  private readAt = this.begunAt;
  private isRead = false;
  private moved: () => void = () => undefined;

  constructor(private readonly options: SharedSubscriptionOptions) {
    const { subscribe, start } = options;
    this.batches = new RecentBatches(start);
    this.source = subscribe({
      ...{ after: start.position, mark: start.mark, signal: this.ending.signal },
      onFailing: (failure) => this.report(failure),
    })[Symbol.asyncIterator]();
  }

  get isEnded(): boolean {
    return this.ending.signal.aborted;
  }

  /** Whether all of it has been read that is to be read. */
  get isComplete(): boolean {
    return this.isRead;
  }

  /** Whether nothing has been read of it for long, although there may be more. */
  get isStale(): boolean {
    return this.reading === undefined && performance.now() - this.readAt > staleMs;
  }

  /** Whether what follows a position is what is kept, or what comes next. */
  isAt(position: bigint): boolean {
    return position >= this.batches.before.position && position <= this.batches.end;
  }

  /** Joins a subscriber whose mark is known; false when what follows its position is no longer kept. */
  join(subscriber: Subscriber): boolean {
    if (this.isEnded || subscriber.position < this.batches.before.position) return false;
    this.cursors.set(subscriber, new Cursor(subscriber, this.batches));
    return true;
  }

  leave(subscriber: Subscriber): void {
    this.cursors.delete(subscriber);
    this.moved();
    if (this.cursors.size === 0) this.end();
  }

  /** A subscriber's next batch; undefined when it has to go on by itself, or its signal aborts. */
  async next(subscriber: Subscriber): Promise<EventBatch | undefined> {
    const cursor = this.cursors.get(subscriber);
    while (cursor && !this.isEnded && !subscriber.signal.aborted) {
      const taken = cursor.take();
      if (taken === 'too-slow' || taken === 'ahead') return undefined;
      // Either may have read a history that the log no longer holds: each finds out by itself.
      if (taken === 'other-history') this.end();
      else if (taken) {
        this.moved();
        return taken;
      } else if (this.isRead) return undefined;
      else await this.more(subscriber.signal);
    }
    return undefined;
  }

  /** Ends it for all its subscribers. */
  end(): void {
    if (this.isEnded) return;
    this.ending.abort();
    this.moved();
    this.wakeAll();
    void this.source.return?.().catch(() => undefined);
  }

  /** Resolves when a batch has come, when the subscription has ended, or when the signal aborts. */
  private more(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        signal.removeEventListener('abort', done);
        this.waiting.delete(done);
        resolve();
      };
      signal.addEventListener('abort', done);
      this.waiting.add(done);
      this.reading ??= this.read();
    });
  }

  private async read(): Promise<void> {
    try {
      if (this.isForCatchingUp) await this.room();
      const next = await this.source.next();
      this.reading = undefined;
      this.readAt = performance.now();
      if (next.done === true) this.end();
      else this.add(next.value);
    } catch (error) {
      this.reading = undefined;
      this.options.onFailed(error);
      this.end();
    }
    this.wakeAll();
  }

  private add(batch: EventBatch): void {
    const isLast = this.isForCatchingUp && batch.caughtUp;
    this.batches.add(this.isForCatchingUp ? { ...batch, caughtUp: false } : batch, this.passedBy);
    if (!isLast) return;
    this.isRead = true;
    void this.source.return?.().catch(() => undefined);
  }

  /**
   * Resolves once a batch more would take nothing from those that may yet join, nor from the slowest subscriber, or once that has been
   * waited for long enough.
   */
  private async room(): Promise<void> {
    const until = performance.now() + maxHeldMs;
    while (!this.isEnded && this.batches.isFull) {
      const now = performance.now();
      const leftMs = (this.isFirstAwaited ? until : this.begunAt + (this.options.catchUpWithinMs ?? 0)) - now;
      if (leftMs <= 0) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, leftMs);
        this.moved = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  /** Whether some subscriber has yet to get the batch that is dropped first. */
  private get isFirstAwaited(): boolean {
    return [...this.cursors.values()].some(({ next }) => next === this.batches.first);
  }

  private get isForCatchingUp(): boolean {
    return this.options.catchUpWithinMs !== undefined;
  }

  /** The number of the batch that the slowest subscriber is at. */
  private get passedBy(): number {
    return Math.min(...[...this.cursors.values()].map(({ next }) => next));
  }

  private report(failure: EventStoreUnavailable | null): void {
    for (const subscriber of this.cursors.keys()) subscriber.report(failure);
  }

  private wakeAll(): void {
    for (const wake of [...this.waiting]) wake();
  }
}
