import { markOf } from '../bookmark.js';
import { maxBatchBytes } from '../event-size.js';
import type { Bookmark, EventBatch } from '../event-store.js';

/** What is kept for subscribers that are slower than the fastest, in bytes as the store counts them. */
export const maxKeptBytes = 2 * maxBatchBytes;
/** What is kept although every subscriber has it, so that one that joins need not be at the very end. */
const maxPassedBytes = 500_000;
/** What an event takes beside its JSON. */
const eventBytes = 200;

interface KeptBatch extends EventBatch {
  bytes: number;
}

/** The newest batches of a subscription, numbered from 0. */
export class RecentBatches {
  private readonly batches: KeptBatch[] = [];
  private bytes = 0;
  private firstNumber = 0;

  /** `start` is the place after which the first batch follows: its mark is that of the newest event at its position or before it. */
  constructor(private start: Bookmark) {}

  /** The number of the oldest batch that is kept. */
  get first(): number {
    return this.firstNumber;
  }

  /** The number of the batch that comes next. */
  get next(): number {
    return this.firstNumber + this.batches.length;
  }

  /** The place after which the oldest batch follows. */
  get before(): Bookmark {
    return this.start;
  }

  /** The position of the newest batch, or the start where none has come yet. */
  get end(): bigint {
    return this.batches.at(-1)?.position ?? this.start.position;
  }

  /** Whether a batch more may be too much. */
  get isFull(): boolean {
    return this.bytes > maxKeptBytes - maxBatchBytes;
  }

  /** Undefined for one that has not come yet, or is no longer kept. */
  at(number: number): KeptBatch | undefined {
    return this.batches[number - this.firstNumber];
  }

  /** The bytes of the batches from a number on. */
  bytesFrom(number: number): number {
    return this.batches
      .slice(Math.max(0, number - this.firstNumber))
      .reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** Drops the oldest batches once there are more than `maxBytes`; sooner those that every subscriber has passed. */
  add(batch: EventBatch, passedBy: number, maxBytes = maxKeptBytes): void {
    const bytes = (batch.bytes ?? 0) + batch.events.length * eventBytes;
    this.batches.push({ ...batch, bytes });
    this.bytes += bytes;
    while (this.batches.length > 1 && this.bytes > (this.firstNumber < passedBy ? maxPassedBytes : maxBytes))
      this.dropFirst();
  }

  private dropFirst(): void {
    const [dropped] = this.batches.splice(0, 1);
    if (!dropped) return;
    this.firstNumber += 1;
    this.bytes -= dropped.bytes;
    this.start = { position: dropped.position, mark: markAfter(dropped, this.start.mark) };
  }
}

/** The mark of the newest event that was read when a batch had come, after `before`. */
export const markAfter = ({ bookmark, events }: EventBatch, before: string): string => {
  if (bookmark) return bookmark.mark;
  const last = events.at(-1);
  return last ? markOf(last) : before;
};
