import type { RecordedEvent } from '../../platform/event-store/event-store.js';
import { extend, emptyLogHash, type Extent } from './log-hash.js';

/** What a log holds, one event at a time, beside what is to come into it. */
export class TargetEvents {
  private batch: readonly RecordedEvent[] = [];
  private index = 0;
  private ended = false;

  constructor(private readonly batches: AsyncGenerator<readonly RecordedEvent[], void>) {}

  /** Undefined after the last. */
  async next(): Promise<RecordedEvent | undefined> {
    const event = await this.peek();
    this.index += 1;
    return event;
  }

  /** Leaves out what lies before the event, or everything where it isn't there; gives what was left out. */
  async skipTo(id: string): Promise<Extent> {
    let skipped = emptyLogHash;
    for (let event = await this.peek(); event && event.id !== id; event = await this.peek()) {
      skipped = extend(skipped, event);
      this.index += 1;
    }
    return skipped;
  }

  async close(): Promise<void> {
    await this.batches.return();
  }

  private async peek(): Promise<RecordedEvent | undefined> {
    while (!this.ended && this.index >= this.batch.length) {
      const read = await this.batches.next();
      if (read.done) this.ended = true;
      else this.batch = read.value;
      this.index = 0;
    }
    return this.ended ? undefined : this.batch[this.index];
  }
}
