import { noMark } from '../bookmark.js';
import { eventFilter } from '../event-filter.js';
import type { EventBatch, EventStoreUnavailable, RecordedEvent, SubscribeOptions } from '../event-store.js';

const usualBatchSize = 1_000;

/** One reader of the log: what it asked for, and how far it has read, from wherever. */
export class Subscriber {
  readonly isWanted: (event: RecordedEvent) => boolean;
  readonly batchSize: number;
  /** Paths of texts that it does not need. */
  readonly without: readonly string[];
  /** The position read last, and the mark of the newest event at it or before it, if that is known. */
  position: bigint;
  mark: string | undefined;
  /** When it read last, or began to, by `performance.now()`. */
  advancedAt = performance.now();
  private isFailing = false;

  constructor(private readonly options: SubscribeOptions) {
    this.isWanted = eventFilter(options);
    this.batchSize = options.batchSize ?? usualBatchSize;
    this.without = options.without ?? [];
    this.position = options.after;
    this.mark = options.mark ?? (options.after === 0n ? noMark : undefined);
  }

  get isInStep(): boolean {
    return this.options.inStep === true;
  }

  get signal(): AbortSignal {
    return this.options.signal;
  }

  /** The options of a subscription of its own that goes on where it stands. */
  get ownOptions(): SubscribeOptions {
    return {
      ...this.options,
      after: this.position,
      mark: this.mark,
      onFailing: (failure) => this.report(failure),
    };
  }

  /** Takes in a batch, from wherever. Whoever was told of a failure is told that it is over. */
  advance({ position, bookmark }: EventBatch): void {
    this.position = position;
    this.advancedAt = performance.now();
    if (bookmark) this.mark = bookmark.mark;
    if (this.isFailing) this.report(null);
  }

  report(failure: EventStoreUnavailable | null): void {
    this.isFailing = failure !== null;
    this.options.onFailing?.(failure);
  }
}
