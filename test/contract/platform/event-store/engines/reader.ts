import { setTimeout as sleep } from 'node:timers/promises';
import type {
  EventBatch,
  EventStore,
  RecordedEvent,
  SubscribeOptions,
} from '../../../../../src/platform/event-store/event-store.js';
import { patienceMs } from '../../../../support/patience.js';

const readers = new Set<Reader>();

/** Ends those that a failing test has left behind. */
export const stopReaders = async (): Promise<void> => {
  await Promise.allSettled([...readers].map((reader) => reader.stop()));
};

/** A subscriber that runs beside the test and keeps what it is given. */
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

  /** Throws where the subscription failed, or this does not come true in time. */
  async until(isSo: (reader: Reader) => boolean): Promise<void> {
    const deadline = Date.now() + patienceMs;
    while (!isSo(this)) {
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

  /** Ends the subscription. Throws where it failed. */
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

/** The first events a new subscriber gets. */
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
