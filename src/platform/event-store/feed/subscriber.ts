import { eventFilter } from '../event-filter.js';
import type {
  Bookmark,
  EventBatch,
  EventStoreUnavailable,
  RecordedEvent,
  SubscribeOptions,
} from '../event-store.js';

const usualBatchSize = 1_000;

/** One reader of the log: what it asked for, and how far it has read, from wherever. */
export class Subscriber {
  readonly isWanted: (event: RecordedEvent) => boolean;
  readonly batchSize: number;
  /** The position read last, and the mark of the newest event at it or before it, if that is known. */
  position: bigint;
  mark: string | undefined;
  /** The newest event that was read, as far as it is known. */
  bookmark: Bookmark | undefined;
  private isFailing = false;

  constructor(private readonly options: SubscribeOptions) {
    this.isWanted = eventFilter(options);
    this.batchSize = options.batchSize ?? usualBatchSize;
    this.position = options.after;
    this.mark = options.mark;
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

  /** Takes in a batch of a subscription of its own, which may be filtered: then the log may hold events after the bookmark. */
  advanceAlone(batch: EventBatch): void {
    const { position, bookmark } = batch;
    if (bookmark?.position === position) this.mark = bookmark.mark;
    else if (position > this.position) this.mark = undefined;
    this.advance(batch);
  }

  /** Takes in a batch of a subscription to the whole log. */
  advanceTogether(batch: EventBatch): void {
    if (batch.bookmark) this.mark = batch.bookmark.mark;
    this.advance(batch);
  }

  /** Whoever was told of a failure is told that it is over. */
  private advance({ position, bookmark }: EventBatch): void {
    this.position = position;
    this.bookmark = bookmark ?? this.bookmark;
    if (this.isFailing) this.report(null);
  }

  report(failure: EventStoreUnavailable | null): void {
    this.isFailing = failure !== null;
    this.options.onFailing?.(failure);
  }
}
