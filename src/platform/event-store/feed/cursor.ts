import { bookmarkOf, markOf } from '../bookmark.js';
import { maxBatchBytes } from '../event-size.js';
import type { EventBatch, RecordedEvent } from '../event-store.js';
import { markAfter, type RecentBatches } from './recent-batches.js';
import type { Subscriber } from './subscriber.js';

/** A subscriber that is beyond the end of the log, as this subscription sees it, for longer than this goes to see for itself. */
const maxAheadMs = 1_000;

/**
 * Why a subscriber can't go on here: it is too slow, what it has read is beyond the end of the log, or it has read another history of
 * the log than this one.
 */
export type Leaving = 'too-slow' | 'ahead' | 'other-history';

/** Where a subscriber stands in the batches of a subscription that it shares, and what it gets of them. */
export class Cursor {
  /** The number of the batch that is to be read next. */
  private number: number;
  /** The mark of the newest event in the batches passed so far, until the subscriber's own place is found; then undefined. */
  private passedMark: string | undefined;

  private readonly joinedAt = performance.now();

  constructor(
    private readonly subscriber: Subscriber,
    private readonly batches: RecentBatches,
  ) {
    this.number = batches.first;
    this.passedMark = batches.before.mark;
  }

  /** The number of the batch that is to be read next. */
  get next(): number {
    return this.number;
  }

  /** What there is for the subscriber, at most one batch; undefined while there is nothing yet. */
  take(): EventBatch | Leaving | undefined {
    if (this.number < this.batches.first) return 'too-slow';
    if (this.passedMark !== undefined) {
      const found = this.findPlace(this.passedMark);
      if (found !== 'found') return found;
    }
    return this.gather();
  }

  /**
   * Passes what the subscriber has read already, to its place: the newest event before it must be the one that the subscriber knows
   * there. Undefined while these batches end before its place.
   */
  private findPlace(passedMark: string): 'found' | Leaving | undefined {
    const { position, mark } = this.subscriber;
    let newest = passedMark;
    let reached = this.batches.before.position;
    let isEnd = false;
    for (
      let batch = this.batches.at(this.number);
      batch && reached < position;
      batch = this.batches.at(this.number)
    ) {
      if (batch.position > position) {
        const last = batch.events.findLast((event) => event.position <= position);
        if (last) newest = markOf(last);
        reached = position;
        break;
      }
      newest = markAfter(batch, newest);
      reached = batch.position;
      isEnd = batch.caughtUp;
      this.number += 1;
    }
    this.passedMark = newest;
    if (reached < position)
      return isEnd && performance.now() - this.joinedAt > maxAheadMs ? 'ahead' : undefined;
    if (newest !== mark) return 'other-history';
    this.passedMark = undefined;
    return 'found';
  }

  private gather(): EventBatch | undefined {
    const { subscriber, batches } = this;
    const gathered = new Gathering(subscriber);
    for (let batch = batches.at(this.number); batch; batch = batches.at(this.number)) {
      if (!gathered.add(batch)) break;
      this.number += 1;
    }
    return gathered.batch;
  }
}

type SizedBatch = EventBatch & { bytes: number };

/** Consecutive batches, or parts of them, as one for a subscriber. */
class Gathering {
  private readonly events: RecordedEvent[] = [];
  private bytes = 0;
  private result: EventBatch | undefined;

  constructor(private readonly subscriber: Subscriber) {}

  /** Undefined where nothing has come. */
  get batch(): EventBatch | undefined {
    return this.result;
  }

  /** False where the batch is not taken, or not all of it. */
  add(batch: SizedBatch): boolean {
    if (this.result && this.bytes + batch.bytes > maxBatchBytes) return this.stop();
    const { isWanted, batchSize } = this.subscriber;
    const after = this.result?.position ?? this.subscriber.position;
    const from = batch.events.findIndex(({ position }) => position > after);
    const first = from < 0 ? batch.events.length : from;
    for (let index = first; index < batch.events.length; index += 1) {
      const event = batch.events[index];
      if (!event || !isWanted(event)) continue;
      if (this.events.length === batchSize) return this.cut(batch, first, index);
      this.events.push(event);
    }
    this.take(batch, first, batch.events.length, {
      caughtUp: batch.caughtUp,
      position: batch.position > after ? batch.position : after,
      bookmark: batch.bookmark ?? this.result?.bookmark,
    });
    return true;
  }

  private stop(): false {
    if (this.result) this.result = { ...this.result, caughtUp: false };
    return false;
  }

  /** Takes the events before `end`: the others come with the next batch. */
  private cut(batch: SizedBatch, first: number, end: number): false {
    const last = batch.events[end - 1];
    if (!last || end === first) return this.stop();
    this.take(batch, first, end, { caughtUp: false, position: last.position, bookmark: bookmarkOf(last) });
    return false;
  }

  private take(
    { events, bytes }: SizedBatch,
    first: number,
    end: number,
    to: Pick<EventBatch, 'caughtUp' | 'position' | 'bookmark'>,
  ): void {
    this.bytes += events.length === 0 ? 0 : Math.ceil((bytes * (end - first)) / events.length);
    this.result = { ...to, events: this.events, bytes: this.bytes };
  }
}
