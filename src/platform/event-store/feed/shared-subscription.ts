import type { Bookmark, EventBatch, EventStoreUnavailable, SubscribeOptions } from '../event-store.js';
import { Cursor } from './cursor.js';
import { RecentBatches } from './recent-batches.js';
import type { Subscriber } from './subscriber.js';

/** A subscription of which nothing was read for this long, since all its subscribers are busy, is too far behind to be joined. */
const staleMs = 1_000;

export interface SharedSubscriptionOptions {
  subscribe: (options: SubscribeOptions) => AsyncIterable<EventBatch>;
  /** Where it begins; the mark is that of the newest event at the position or before it. */
  start: Bookmark;
  /** Called when the subscription has failed for good. */
  onFailed: (error: unknown) => void;
}

/** One subscription to the whole log that several subscribers are fed from. It is read as fast as the fastest of them asks. */
export class SharedSubscription {
  protected readonly batches: RecentBatches;
  protected readonly cursors = new Map<Subscriber, Cursor>();
  private readonly waiting = new Set<() => void>();
  private readonly ending = new AbortController();
  private source: AsyncIterator<EventBatch> | undefined;
  private reading: Promise<void> | undefined;
  private readAt = performance.now();

  constructor(private readonly options: SharedSubscriptionOptions) {
    this.batches = new RecentBatches(options.start);
  }

  get isEnded(): boolean {
    return this.ending.signal.aborted;
  }

  /** Whether nothing has been read of it for long, although there may be more. */
  get isStale(): boolean {
    return this.reading === undefined && performance.now() - this.readAt > staleMs;
  }

  /** Whether no more will be read of it, though there are batches left to take. */
  isFinished(): boolean {
    return false;
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
    if (this.cursors.size === 0) this.end();
  }

  /** A subscriber's next batch; undefined when it has to go on by itself, or its signal aborts. */
  async next(subscriber: Subscriber): Promise<EventBatch | undefined> {
    const cursor = this.cursors.get(subscriber);
    while (cursor && !this.isEnded && !subscriber.signal.aborted) {
      const taken = cursor.take();
      this.readOn();
      if (taken === 'too-slow' || taken === 'ahead') return undefined;
      // Either may have read a history that the log no longer holds: each finds out by itself.
      if (taken === 'other-history') this.end();
      else if (taken) return taken;
      else if (this.isFinished()) return undefined;
      else await this.more(subscriber.signal);
    }
    return undefined;
  }

  /** Ends it for all its subscribers. */
  end(): void {
    if (this.isEnded) return;
    this.ending.abort();
    this.wakeAll();
    this.endSource();
  }

  /** To be called once no more is to be read. */
  protected endSource(): void {
    void this.source?.return?.().catch(() => undefined);
  }

  /** What the subscription is begun with. */
  protected get reads(): Pick<SubscribeOptions, 'without' | 'batchSize'> {
    return {};
  }

  /** Whether the next batch may be read as soon as somebody asks for it. */
  protected mayRead(): boolean {
    return true;
  }

  /** Takes in a batch that was read. */
  protected keep(batch: EventBatch): void {
    this.batches.add(batch, this.passedBy);
  }

  /** The number of the batch that the slowest subscriber is at. */
  protected get passedBy(): number {
    return Math.min(...[...this.cursors.values()].map(({ next }) => next));
  }

  /** Reads the next batch if somebody waits for it, and it may be read now. */
  protected readOn(): void {
    if (this.waiting.size > 0 && !this.isEnded && !this.reading && this.mayRead()) this.reading = this.read();
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
      this.readOn();
    });
  }

  private async read(): Promise<void> {
    try {
      this.source ??= this.subscribed();
      const next = await this.source.next();
      this.reading = undefined;
      this.readAt = performance.now();
      if (next.done === true) this.end();
      else this.keep(next.value);
    } catch (error) {
      this.reading = undefined;
      this.options.onFailed(error);
      this.end();
    }
    this.wakeAll();
  }

  private subscribed(): AsyncIterator<EventBatch> {
    const { subscribe, start } = this.options;
    return subscribe({
      ...this.reads,
      ...{ after: start.position, mark: start.mark, signal: this.ending.signal },
      onFailing: (failure) => this.report(failure),
    })[Symbol.asyncIterator]();
  }

  private report(failure: EventStoreUnavailable | null): void {
    for (const subscriber of this.cursors.keys()) subscriber.report(failure);
  }

  private wakeAll(): void {
    for (const wake of [...this.waiting]) wake();
  }
}
