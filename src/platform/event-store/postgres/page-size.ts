import { maxBatchBytes } from '../event-size.js';

/** The first page shows how long events are; a hundred of the longest that people write are some megabytes. */
const firstSize = 100;
const growth = 8;

/** How many events to read in the next page, so that it stays below `maxBatchBytes`: estimated from the page before. */
export class PageSize {
  private size: number;

  constructor(private readonly max: number) {
    this.size = Math.min(firstSize, max);
  }

  get next(): number {
    return this.size;
  }

  /** Takes in how many events and bytes a page had. */
  learn(events: number, bytes: number): void {
    if (events === 0) return;
    // Half of the limit, since the next events may be longer, and a page that is cut off costs a connection.
    const fitting = Math.floor(maxBatchBytes / 2 / (bytes / events));
    this.size = Math.max(1, Math.min(fitting, this.size * growth, this.max));
  }
}
