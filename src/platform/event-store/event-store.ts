import type { Instant } from '../../shared/instant.js';

/** What JSON.stringify writes and JSON.parse reads back the same. */
export type JsonObject = Record<string, unknown>;

export interface EventToAppend {
  /** UUID, unique in the whole log: made from the command's id, so that the store itself recognises a repeated append. */
  id: string;
  /** The wire name: a literal, never a class name. */
  type: string;
  data: JsonObject;
  metadata: JsonObject;
}

export interface RecordedEvent extends EventToAppend {
  stream: string;
  /** The event's number in its stream: 1, 2, 3 … without gaps. */
  revision: number;
  /** The event's number in the whole log. Later events have larger ones; in PostgreSQL there are no gaps. */
  position: bigint;
  /** When the store took it; never decreases along positions. */
  recordedAt: Instant;
}

export interface Append {
  stream: string;
  /** How many events the stream holds, as far as the caller knows; 0 for a new stream. */
  expectedRevision: number;
  /** At least one. */
  events: readonly EventToAppend[];
}

export interface Appended {
  /** Revision and position of the last event of the append. */
  revision: number;
  position: bigint;
  recordedAt: Instant;
  /** True when these events were there already: this is the first append's answer, and nothing was written now. */
  duplicate: boolean;
}

export interface EventBatch {
  events: readonly RecordedEvent[];
  /** The last position read, larger than the last event's where events were left out by the filter. */
  position: bigint;
  /** Nothing more was in the log when this was read. */
  caughtUp: boolean;
}

export interface SubscribeOptions {
  /** The position read last; 0n for the whole log. */
  after: bigint;
  /** Only events of streams whose name begins so. */
  streamPrefix?: string;
  /** Most events a batch. */
  batchSize?: number;
  signal: AbortSignal;
}

/**
 * The log everything rests on.
 *
 * - Durable: when `append` resolves, the events survive a crash of this process and of the database.
 * - Ordered: positions order all events; a reader that has seen position p will never meet a smaller one later.
 * - Atomic: the events of one append are recorded together, one after the other, or not at all.
 * - Idempotent: the same events appended again, after an answer that was lost, give the first answer with `duplicate: true`.
 */
export abstract class EventStore {
  /**
   * Appends to one stream.
   * Throws VersionConflict where the stream holds another number of events than expected, EventIdReused where some of the event
   * ids are in the log but not as this append, EventStoreUnavailable where the outcome is unknown: append the same again.
   */
  abstract append(append: Append): Promise<Appended>;

  /** The events of a stream, oldest first, from `fromRevision` on (1 unless told); none for a stream that does not exist. */
  abstract readStream(stream: string, fromRevision?: number): Promise<RecordedEvent[]>;

  /**
   * Every event after a position, in order, in batches, then each new one as it comes, until `signal` aborts.
   * The next batch is read when it is asked for: a slow reader costs no memory. Batches may be empty: they say that the reader has
   * caught up. Survives a lost connection: it goes on after the last batch.
   */
  abstract subscribe(options: SubscribeOptions): AsyncIterable<EventBatch>;

  /**
   * For moving a log: records events as they were (stream, revision, id, type, data, metadata, recordedAt), in the order given, at
   * the end of this log. All of them or none; positions are this log's own. Not idempotent: look at what is there first.
   * Throws VersionConflict where a stream does not go on where it stands here, EventIdReused where an id is in the log already,
   * RecordedTooEarly where an event was recorded before the one ahead of it, EventStoreUnavailable where the outcome is unknown.
   */
  abstract restore(events: readonly RecordedEvent[]): Promise<void>;

  /** Which log this is: a UUID that stays for as long as its events do, and differs for any other log. */
  abstract identity(): Promise<string>;

  /** The position of the newest event, 0n for an empty log. */
  abstract lastPosition(): Promise<bigint>;

  /** Lets go of connections; subscriptions are ended by their signals. */
  abstract close(): Promise<void>;
}

/** The stream holds `actualRevision` events, not the number expected: load it again and decide again. */
export class VersionConflict extends Error {
  constructor(
    readonly stream: string,
    readonly expectedRevision: number,
    readonly actualRevision: number,
  ) {
    super(`${stream} is at revision ${actualRevision}, not at ${expectedRevision}`);
  }
}

/** An event id is in the log already, in another stream or with other companions. */
export class EventIdReused extends Error {
  constructor(readonly eventId: string) {
    super(`event id ${eventId} is used already`);
  }
}

/** An event was recorded before the one it would follow in the log. */
export class RecordedTooEarly extends Error {
  constructor(readonly eventId: string) {
    super(`event ${eventId} was recorded before the one it would follow`);
  }
}

/** The store can't be reached or did not answer: the append may have happened or not; the same append again is safe. */
export class EventStoreUnavailable extends Error {
  constructor(reason: string, options?: ErrorOptions) {
    super(`the event store is not available: ${reason}`, options);
  }
}

/** The deadline has passed: the append may have happened or not, or happen yet; the same append again is safe. */
export class AppendTimedOut extends EventStoreUnavailable {
  constructor(deadlineMs: number) {
    super(`no answer within ${deadlineMs} ms`);
  }
}
