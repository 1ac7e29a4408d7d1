import { setTimeout as sleep } from 'node:timers/promises';
import type {
  EventBatch,
  EventStore,
  RecordedEvent,
  SubscribeOptions,
} from '../../../../../src/platform/event-store/event-store.js';
import { patienceMs } from '../../../../support/patience.js';

const readers = new Set<Reader>();

/** Stops the readers that a failed test has left running. */
export const stopReaders = async (): Promise<void> => {
  await Promise.allSettled([...readers].map((reader) => reader.stop()));
};

/** A subscriber that runs beside the test and keeps every batch it gets. */
export class Reader {
  readonly batches: EventBatch[] = [];
  private readonly ending = new AbortController();
  private readonly running: Promise<void>;
  private failure: Error | undefined;

  constructor(
    private readonly store: EventStore,
    private readonly options: Omit<SubscribeOptions, 'signal'>,
  ) {
    this.running = this.run();
    readers.add(this);
  }

  get events(): RecordedEvent[] {
    return this.batches.flatMap((batch) => batch.events);
  }

  get last(): EventBatch | undefined {
    return this.batches.at(-1);
  }

  /** Resolves once the condition holds; throws where the subscription failed or `patienceMs` have passed. */
  async until(condition: (reader: Reader) => boolean): Promise<void> {
    const deadline = Date.now() + patienceMs;
    while (!condition(this)) {
      if (this.failure) throw this.failure;
      if (Date.now() > deadline) throw new Error(`the reader waited in vain, at ${this.last?.position}`);
      await sleep(5);
    }
  }

  untilEvents(count: number): Promise<void> {
    return this.until(() => this.events.length >= count);
  }

  untilCaughtUp(): Promise<void> {
    return this.until(() => this.last?.caughtUp === true);
  }

  /** Ends the subscription; throws if it failed before. */
  async stop(): Promise<void> {
    readers.delete(this);
    this.ending.abort();
    await this.running;
    if (this.failure) throw this.failure;
  }

  private async run(): Promise<void> {
    try {
      for await (const batch of this.store.subscribe({ ...this.options, signal: this.ending.signal })) {
        this.batches.push(batch);
      }
    } catch (error) {
      this.failure = error as Error;
    }
  }
}

/** The first events of a new subscription, at least `count` of them. */
export const firstEvents = async (
  store: EventStore,
  options: Omit<SubscribeOptions, 'signal'>,
  count: number,
): Promise<RecordedEvent[]> => {
  const reader = new Reader(store, options);
  await reader.untilEvents(count);
  await reader.stop();
  return reader.events;
};
