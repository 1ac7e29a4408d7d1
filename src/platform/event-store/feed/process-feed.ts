import {
  EventStoreUnavailable,
  type EventBatch,
  type EventStore,
  type SubscribeOptions,
} from '../event-store.js';
import { SharedSubscription } from './shared-subscription.js';
import { Subscriber } from './subscriber.js';

/** How long nothing is shared after a shared subscription has failed: what it met may be of concern to none of its subscribers. */
const restMs = 1_000;

/**
 * What an engine does for each subscriber that reads by itself. Its batches must show the event at their position, wanted or not: a
 * subscriber that is shown less has no mark by which it would notice that the log went back.
 */
export type SubscribedLog = Pick<EventStore, 'subscribe' | 'markAt'>;

/**
 * The subscriptions of a process, as one where they stand at the same place: each event is then read from the store and decoded once
 * for all of them. Each begins by itself, with what the engine checks and promises, and joins the shared subscription when it has
 * caught up; it goes on by itself again where it is too slow for the others, and where the shared one ends.
 */
export class ProcessFeed {
  private shared: SharedSubscription | undefined;
  private failedAt = -Infinity;

  constructor(private readonly log: SubscribedLog) {}

  /** EventStore.subscribe. */
  async *subscribe(options: SubscribeOptions): AsyncGenerator<EventBatch> {
    const subscriber = new Subscriber(options);
    for (;;) {
      const shared = yield* this.alone(subscriber);
      if (!shared) return;
      yield* this.together(subscriber, shared);
    }
  }

  /** Reads until the signal aborts, or the subscriber has joined the subscription that is returned. */
  private async *alone(subscriber: Subscriber): AsyncGenerator<EventBatch, SharedSubscription | undefined> {
    for await (const batch of this.log.subscribe(subscriber.ownOptions)) {
      subscriber.advance(batch);
      yield batch;
      if (!batch.caughtUp) continue;
      const shared = await this.join(subscriber);
      if (shared) return shared;
    }
    return undefined;
  }

  private async *together(
    subscriber: Subscriber,
    shared: SharedSubscription,
  ): AsyncGenerator<EventBatch, void> {
    try {
      for (let batch = await shared.next(subscriber); batch; batch = await shared.next(subscriber)) {
        subscriber.advance(batch);
        yield batch;
      }
    } finally {
      shared.leave(subscriber);
    }
  }

  private async join(subscriber: Subscriber): Promise<SharedSubscription | undefined> {
    if (subscriber.signal.aborted || performance.now() - this.failedAt < restMs) return undefined;
    if (!(await this.learnMark(subscriber))) return undefined;
    if (this.shared?.isStale) this.shared.end();
    if (!this.shared || this.shared.isEnded) this.shared = this.begin(subscriber);
    return this.shared?.join(subscriber) ? this.shared : undefined;
  }

  private begin({ position, mark, batchSize }: Subscriber): SharedSubscription | undefined {
    if (mark === undefined) return undefined;
    return new SharedSubscription({
      subscribe: (options) => this.log.subscribe({ ...options, batchSize }),
      start: { position, mark },
      onFailed: () => (this.failedAt = performance.now()),
    });
  }

  /** Learns the mark at a subscriber's position where it began without one and has read nothing yet. False when it can't be learnt now. */
  private async learnMark(subscriber: Subscriber): Promise<boolean> {
    if (subscriber.mark !== undefined) return true;
    try {
      const mark = await this.log.markAt(subscriber.position);
      subscriber.mark = mark;
      return mark !== undefined;
    } catch (error) {
      if (error instanceof EventStoreUnavailable) return false;
      throw error;
    }
  }
}
