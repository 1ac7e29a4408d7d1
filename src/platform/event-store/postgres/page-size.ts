import { maxBatchBytes } from '../event-size.js';

/** A first page tells how long events are here; a hundred of the longest that people write are some megabytes. */
const firstSize = 100;
const growth = 8;

/** How many events a page is asked for, so that it stays below `maxBatchBytes`: judged by the page before. */
export class PageSize {
  private size: number;

  constructor(private readonly max: number) {
    this.size = Math.min(firstSize, max);
  }

  get next(): number {
    return this.size;
  }

  /** What a page has come to. */
  learn(events: number, bytes: number): void {
    if (events === 0) return;
    // Half, since the next ones may be longer: a page that is cut off costs a connection.
    const fitting = Math.floor(maxBatchBytes / 2 / (bytes / events));
    this.size = Math.max(1, Math.min(fitting, this.size * growth, this.max));
  }
}
