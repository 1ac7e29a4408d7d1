import {
  EventStoreUnavailable,
  type EventBatch,
  type EventStore,
  type SubscribeOptions,
} from '../event-store.js';
import { CatchUpSubscription } from './catch-up-subscription.js';
import { InStep } from './in-step.js';
import type { InStepSubscription } from './in-step-subscription.js';
import { SharedSubscription, type SharedSubscriptionOptions } from './shared-subscription.js';
import { Subscriber } from './subscriber.js';

/** How long nothing is shared after a shared subscription has failed: what it met may be of concern to none of its subscribers. */
const restMs = 1_000;
/** Whoever asks for smaller batches wants a few events, and not to catch up. */
const minCatchUpSize = 1_000;

/**
 * What an engine does for each subscriber that reads by itself. Its batches must show the newest event at their position or before it,
 * wanted or not: a subscriber that is shown less has no mark by which it would notice that the log went back.
 */
export type SubscribedLog = Pick<EventStore, 'subscribe' | 'markAt'>;

export interface ProcessFeedOptions {
  /** Those that begin at the same place behind the end of the log, within so many ms, are fed from one subscription from there on. */
  catchUpWithinMs?: number;
}

/**
 * The subscriptions of a process, as one where they stand at the same place: each event is then read from the store and decoded once
 * for all of them. Each begins by itself, with what the engine checks and promises, and joins the shared subscription when it has
 * caught up; it goes on by itself again where it is too slow for the others, and where the shared one ends.
 *
 * Where the engine gains by it, those that begin at the same place also catch up together: by a second subscription, which ends where
 * the log does. Each then asks by itself whether it has caught up, since the sign must be newer than its own subscribing. Elsewhere those
 * that read in step share what is far behind, wherever they have begun.
 */
export class ProcessFeed {
  private shared: SharedSubscription | undefined;
  private catchingUp: CatchUpSubscription | undefined;
  private readonly inStep: InStep | undefined;
  private failedAt = -Infinity;

  constructor(
    private readonly log: SubscribedLog,
    private readonly options: ProcessFeedOptions = {},
  ) {
    if (options.catchUpWithinMs === undefined)
      this.inStep = new InStep(log, () => (this.failedAt = performance.now()));
  }

  /** EventStore.subscribe. */
  async *subscribe(options: SubscribeOptions): AsyncGenerator<EventBatch> {
    const subscriber = new Subscriber(options);
    const begun = this.catchUpWithOthers(subscriber) ?? this.beginToCatchUp(subscriber);
    const unwatch = this.inStep?.watch(subscriber);
    try {
      if (begun) yield* this.together(subscriber, begun);
      for (;;) {
        const shared = yield* this.alone(subscriber);
        if (!shared) return;
        yield* this.together(subscriber, shared);
      }
    } finally {
      unwatch?.();
    }
  }

  /** Reads until the signal aborts, or the subscriber has joined the subscription that is returned. */
  private async *alone(subscriber: Subscriber): AsyncGenerator<EventBatch, SharedSubscription | undefined> {
    this.inStep?.begun(subscriber);
    for await (const batch of this.log.subscribe(subscriber.ownOptions)) {
      subscriber.advance(batch);
      if (batch.caughtUp) this.inStep?.caughtUp(subscriber);
      else this.inStep?.advanced();
      yield batch;
      const shared = batch.caughtUp
        ? await this.join(subscriber)
        : (this.catchUpWithOthers(subscriber) ?? this.joinInStep(subscriber));
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
    if (!this.mayShare(subscriber)) return undefined;
    if (!(await this.learnMark(subscriber))) return undefined;
    if (this.shared?.isStale) this.shared.end();
    if (!this.shared || this.shared.isEnded) this.shared = this.begin(subscriber);
    return this.shared?.join(subscriber) ? this.shared : undefined;
  }

  /** Joins those that catch up, where they are just passing the subscriber's place. */
  private catchUpWithOthers(subscriber: Subscriber): SharedSubscription | undefined {
    const { catchingUp } = this;
    if (!catchingUp || subscriber.mark === undefined || !this.mayShare(subscriber)) return undefined;
    return catchingUp.isAt(subscriber.position) && catchingUp.join(subscriber) ? catchingUp : undefined;
  }

  private beginToCatchUp(subscriber: Subscriber): SharedSubscription | undefined {
    const { catchingUp } = this;
    const { catchUpWithinMs } = this.options;
    if (catchUpWithinMs === undefined || subscriber.batchSize < minCatchUpSize) return undefined;
    if ((catchingUp && !catchingUp.isEnded && !catchingUp.isFinished()) || !this.mayShare(subscriber))
      return undefined;
    const options = this.optionsAt(subscriber);
    this.catchingUp = options && new CatchUpSubscription({ ...options, catchUpWithinMs });
    return this.catchingUp?.join(subscriber) ? this.catchingUp : undefined;
  }

  private joinInStep(subscriber: Subscriber): InStepSubscription | undefined {
    return this.mayShare(subscriber) ? this.inStep?.join(subscriber) : undefined;
  }

  private mayShare({ signal }: Subscriber): boolean {
    return !signal.aborted && performance.now() - this.failedAt >= restMs;
  }

  private begin(subscriber: Subscriber): SharedSubscription | undefined {
    const options = this.optionsAt(subscriber);
    return options && new SharedSubscription(options);
  }

  /** What a subscription begins with at a subscriber's place, if its mark is known. */
  private optionsAt({ position, mark, batchSize }: Subscriber): SharedSubscriptionOptions | undefined {
    if (mark === undefined) return undefined;
    return {
      subscribe: (subscribing) => this.log.subscribe({ ...subscribing, batchSize }),
      start: { position, mark },
      onFailed: () => (this.failedAt = performance.now()),
    };
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
