import { setTimeout as sleep } from 'node:timers/promises';
import { backoffMs, type Backoff } from '../../shared/concurrency/backoff.js';
import type { EventStoreUnavailable, SubscribeOptions } from './event-store.js';

/** One failure is what a change of leaders costs, or a connection that was cut. */
const reportedFrom = 2;

/** The failures of a subscription in a row: how long it rests after each, and what it says of them to whoever subscribed. */
export class FailureStreak {
  private count = 0;
  /** The backoff of the latest failure, and of how many in a row. */
  private latest: { backoff: Backoff; count: number } | undefined;

  constructor(
    private readonly backoff: Backoff,
    private readonly options: Pick<SubscribeOptions, 'onFailing' | 'signal'>,
  ) {}

  /**
   * Resolves when the next attempt is due, or the signal aborts. A failure may have a backoff of its own, which begins anew where the one
   * before had another: after a long outage, what may pass next is not waited for as long.
   */
  async rest(failure: EventStoreUnavailable, backoff = this.backoff): Promise<void> {
    const { onFailing, signal } = this.options;
    this.count += 1;
    this.latest = { backoff, count: backoff === this.latest?.backoff ? this.latest.count + 1 : 1 };
    if (this.count >= reportedFrom) onFailing?.(failure);
    await sleep(backoffMs(backoff, this.latest.count), undefined, { signal }).catch(() => undefined);
  }

  end(): void {
    if (this.count >= reportedFrom) this.options.onFailing?.(null);
    this.count = 0;
    this.latest = undefined;
  }
}
