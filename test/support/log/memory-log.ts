import { markOf, noMark } from '../../../src/platform/event-store/bookmark.js';
import { eventFilter } from '../../../src/platform/event-store/event-filter.js';
import {
  EventStoreUnavailable,
  LogWentBack,
  type EventBatch,
  type RecordedEvent,
  type SubscribeOptions,
} from '../../../src/platform/event-store/event-store.js';
import { instant } from '../../../src/shared/instant.js';

/** A log in memory with what an engine does for one reader by itself. */
export class MemoryLog {
  events: RecordedEvent[] = [];
  /** How many subscriptions are open now, and how many pages were read so far. */
  open = 0;
  reads = 0;
  /** What every event is said to take. */
  eventBytes = 100;
  isAway = false;
  /** Thrown once by the next read of a subscription to the whole log. */
  breaksWith: Error | undefined;
  private changed = new Change();
  private history = 0;

  constructor(private readonly pageSize = 5) {}

  get end(): bigint {
    return this.events.at(-1)?.position ?? 0n;
  }

  append(stream: string, type = 'NoteAdded'): void {
    const position = this.end + 1n;
    this.events.push({
      ...{ stream, type, position, revision: 1, data: {}, metadata: {} },
      id: `${this.history}-${position}`,
      recordedAt: instant('2026-05-15T12:00:00.000Z'),
    });
    this.change();
  }

  /** Loses what came after a position. */
  goBackTo(position: bigint): void {
    this.events = this.events.filter((event) => event.position <= position);
    this.history += 1;
    this.change();
  }

  change(): void {
    const { changed } = this;
    this.changed = new Change();
    changed.resolve();
  }

  markAt(position: bigint): Promise<string | undefined> {
    if (this.isAway) return Promise.reject(new EventStoreUnavailable('away'));
    return Promise.resolve(this.newestMark(position));
  }

  async *subscribe(options: SubscribeOptions): AsyncGenerator<EventBatch> {
    this.open += 1;
    let stop = (): void => undefined;
    const aborted = new Promise<void>((resolve) => (stop = resolve));
    options.signal.addEventListener('abort', stop);
    try {
      yield* this.batches(options, aborted);
    } finally {
      options.signal.removeEventListener('abort', stop);
      this.open -= 1;
    }
  }

  private async *batches(options: SubscribeOptions, aborted: Promise<void>): AsyncGenerator<EventBatch> {
    const { signal, batchSize = 1_000, onFailing, streamPrefix, eventTypes } = options;
    const isWanted = eventFilter(options);
    const isWhole = streamPrefix === undefined && eventTypes === undefined;
    let { after, mark } = options;
    while (!signal.aborted) {
      const { changed } = this;
      if (this.isAway) {
        onFailing?.(new EventStoreUnavailable('away'));
        await Promise.race([this.back(), aborted]);
        onFailing?.(null);
        continue;
      }
      await Promise.resolve();
      if (isWhole && this.breaksWith) {
        const error = this.breaksWith;
        this.breaksWith = undefined;
        throw error;
      }
      this.reads += 1;
      if (after > this.end) throw new LogWentBack(after);
      if (mark !== undefined && this.newestMark(after) !== mark) throw new LogWentBack(after);
      const left = this.events.filter(({ position }) => position > after);
      const page = left.slice(0, Math.min(batchSize, this.pageSize));
      const last = page.at(-1);
      const caughtUp = page.length === left.length;
      const position = (caughtUp ? left.at(-1) : last)?.position ?? after;
      mark = position > after ? this.newestMark(position) : mark;
      after = position;
      const events = page.filter(isWanted);
      yield {
        ...{ events, position, caughtUp, bytes: page.length * this.eventBytes },
        bookmark: last && { position: last.position, mark: markOf(last) },
      };
      if (caughtUp) await Promise.race([changed.promise, aborted]);
    }
  }

  private async back(): Promise<void> {
    while (this.isAway) await this.changed.promise;
  }

  private newestMark(position: bigint): string {
    const newest = this.events.findLast((event) => event.position <= position);
    return newest ? markOf(newest) : noMark;
  }
}

class Change {
  resolve: () => void = () => undefined;
  readonly promise = new Promise<void>((resolve) => (this.resolve = resolve));
}
