import type { EventBatch } from '../event-store.js';
import { SharedSubscription, type SharedSubscriptionOptions } from './shared-subscription.js';
import type { Subscriber } from './subscriber.js';

/** Those that catch up wait so long for one of them that writes: reading again what it has missed would take longer for all. */
const maxHeldMs = 10_000;

export interface CatchUpOptions extends SharedSubscriptionOptions {
  /** It may be joined at its beginning for so many ms. */
  catchUpWithinMs: number;
}

/**
 * A subscription for those that begin at the same place behind the end: it is read to the end of the log and no further, no faster than
 * the slowest of them takes what is read, and tells none of them that it has caught up.
 */
export class CatchUpSubscription extends SharedSubscription {
  private readonly begunAt = performance.now();
  private isRead = false;
  /** Since when a batch more would take something from somebody. */
  private fullSince: number | undefined;
  private looking: NodeJS.Timeout | undefined;

  constructor(private readonly own: CatchUpOptions) {
    super(own);
  }

  override isFinished(): boolean {
    return this.isRead;
  }

  override leave(subscriber: Subscriber): void {
    super.leave(subscriber);
    this.readOn();
  }

  override end(): void {
    clearTimeout(this.looking);
    super.end();
  }

  /**
   * Once a batch more would take nothing from those that may yet join, nor from the slowest subscriber, or once that has been waited for
   * long enough.
   */
  protected override mayRead(): boolean {
    // Who is waited for may be another one than before, and so for how long.
    clearTimeout(this.looking);
    if (this.isRead) return false;
    const leftMs = this.leftMs();
    if (leftMs > 0) this.looking = setTimeout(() => this.readOn(), leftMs);
    else this.fullSince = undefined;
    return leftMs <= 0;
  }

  protected override keep(batch: EventBatch): void {
    this.batches.add({ ...batch, caughtUp: false }, this.passedBy);
    this.isRead = batch.caughtUp;
    if (this.isRead) this.endSource();
  }

  /** How long nothing is read yet. */
  private leftMs(): number {
    if (!this.batches.isFull) return 0;
    const now = performance.now();
    this.fullSince ??= now;
    return (this.isFirstAwaited ? this.fullSince + maxHeldMs : this.begunAt + this.own.catchUpWithinMs) - now;
  }

  /** Whether some subscriber has yet to get the batch that is dropped first. */
  private get isFirstAwaited(): boolean {
    return [...this.cursors.values()].some(({ next }) => next === this.batches.first);
  }
}
