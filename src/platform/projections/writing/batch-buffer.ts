import type { EventBatch, RecordedEvent } from '../../event-store/event-store.js';

/** Batches that were read one after the other, as one. */
export class BatchBuffer {
  private events: RecordedEvent[] = [];
  private last: EventBatch | undefined;
  private counted = 0;
  private weighed = 0;

  get size(): number {
    return this.events.length;
  }

  /** How many batches. */
  get batches(): number {
    return this.counted;
  }

  /** About how many, as far as the store has said. */
  get bytes(): number {
    return this.weighed;
  }

  add(batch: EventBatch): void {
    if (this.events.length === 0) this.events = [...batch.events];
    else for (const event of batch.events) this.events.push(event);
    // One that brought no event read none since the one before.
    this.last = { ...batch, bookmark: batch.bookmark ?? this.last?.bookmark };
    this.counted += 1;
    this.weighed += batch.bytes ?? 0;
  }

  /** All of them, and begins anew. Throws where there was none. */
  take(): EventBatch {
    if (!this.last) throw new Error('nothing was gathered');
    const batch = { ...this.last, events: this.events };
    this.events = [];
    this.last = undefined;
    this.counted = 0;
    this.weighed = 0;
    return batch;
  }
}
