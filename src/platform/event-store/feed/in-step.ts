import type { EventStore } from '../event-store.js';
import { InStepSubscription } from './in-step-subscription.js';
import type { Subscriber } from './subscriber.js';

/** Positions from one that is behind to the next, so that those before wait for it: it reads so many in less than a second. */
const reach = 20_000n;

/** The subscribers of a process that read in step, and what they read together. */
export class InStep {
  /** Those that read by themselves, and may be far behind. */
  private readonly alone = new Set<Subscriber>();
  private readonly readings = new Set<InStepSubscription>();

  constructor(
    private readonly log: Pick<EventStore, 'subscribe'>,
    private readonly onFailed: () => void,
  ) {}

  /** A subscriber begins to read by itself. */
  begun(subscriber: Subscriber): void {
    if (subscriber.isInStep && !subscriber.signal.aborted) this.alone.add(subscriber);
  }

  /**
   * To be called once for each subscriber: one that has stopped may never ask for a batch again, and is not waited for. The function that
   * is returned is to be called once it reads no more.
   */
  watch(subscriber: Subscriber): () => void {
    const { signal } = subscriber;
    const stopped = () => {
      for (const reading of this.readings) reading.leave(subscriber);
      this.alone.delete(subscriber);
      this.advanced();
    };
    if (subscriber.isInStep) signal.addEventListener('abort', stopped, { once: true });
    return () => {
      signal.removeEventListener('abort', stopped);
      this.caughtUp(subscriber);
    };
  }

  /** A subscriber is not behind any more. */
  caughtUp(subscriber: Subscriber): void {
    if (this.alone.delete(subscriber)) this.advanced();
  }

  /** Somebody who reads alone has read on: those who wait for it look again. */
  advanced(): void {
    for (const reading of this.readings) {
      if (reading.isEnded) this.readings.delete(reading);
      else reading.reconsider();
    }
  }

  /** What a subscriber that reads by itself goes on with together with others; undefined where nobody is near. */
  join(subscriber: Subscriber): InStepSubscription | undefined {
    if (!this.alone.has(subscriber)) return undefined;
    const joined = [...this.readings].find((reading) => reading.join(subscriber)) ?? this.begin(subscriber);
    if (joined) this.alone.delete(subscriber);
    return joined;
  }

  /** Begins to read together with those who are close behind. Whoever is close behind others comes to them. */
  private begin(subscriber: Subscriber): InStepSubscription | undefined {
    const { position, mark } = subscriber;
    const isFirst = this.near(position).some((other) => other !== subscriber && other.position <= position);
    if (mark === undefined || !isFirst) return undefined;
    if ([...this.readings].some((reading) => isNear(position, reading.begins) && reading.expects(subscriber)))
      return undefined;
    const reading = new InStepSubscription({
      subscribe: (options) => this.log.subscribe(options),
      start: { position, mark },
      onFailed: this.onFailed,
      near: (place) => this.near(place),
    });
    this.readings.add(reading);
    return reading.join(subscriber) ? reading : undefined;
  }

  private near(position: bigint): Subscriber[] {
    return [...this.alone].filter((other) => isNear(other.position, position));
  }
}

const isNear = (one: bigint, other: bigint): boolean => one - other < reach && other - one < reach;
