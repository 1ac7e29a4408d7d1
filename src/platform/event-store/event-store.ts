import type { Instant } from '../../shared/instant.js';

/** An object that JSON.stringify writes and JSON.parse reads back unchanged. */
export type JsonObject = Record<string, unknown>;

export interface EventToAppend {
  /** UUID, lower case, unique in the whole log: made from the command's id, so that the store itself recognises a repeated append. */
  id: string;
  /** The wire name: a literal, never a class name. */
  type: string;
  /** At most 1 MB as JSON, together with the metadata (see `maxEventBytes`). */
  data: JsonObject;
  metadata: JsonObject;
}

export interface RecordedEvent extends EventToAppend {
  stream: string;
  /** The event's number in its stream: 1, 2, 3 … without gaps. */
  revision: number;
  /** The event's number in the whole log. Later events have larger ones; in PostgreSQL there are no gaps. */
  position: bigint;
  /** When the store recorded the event, by its own clock, to the millisecond. */
  recordedAt: Instant;
}

/**
 * A place in the log up to which a reader has read, with a mark of the event there, so that a reader that goes on can tell whether
 * the log still holds that event. A log that was restored, or lost its tail, and has grown since, holds another event there, or the
 * same event recorded at another time.
 */
export interface Bookmark {
  position: bigint;
  /** A hash that identifies the event; see bookmark.ts. */
  mark: string;
}

export interface Append {
  stream: string;
  /** How many events the stream holds, as far as the caller knows; 0 for a new stream. */
  expectedRevision: number;
  /** At least one event. */
  events: readonly EventToAppend[];
}

export interface Appended {
  /** Revision and position of the last event of the append. */
  revision: number;
  position: bigint;
  recordedAt: Instant;
  /** True when the log held these events already: this is the answer of the first append, and nothing was written now. */
  duplicate: boolean;
}

export interface EventBatch {
  events: readonly RecordedEvent[];
  /** The last position read; larger than the last event's when the filter left out events after it. */
  position: bigint;
  /** Whether the log held nothing more when this batch was read. */
  caughtUp: boolean;
  /** The bookmark of the newest event that was read, also if the filter left it out; in PostgreSQL the event at `position`. */
  bookmark?: Bookmark | undefined;
  /** About how many bytes the events take, if the store knows: whoever gathers several batches can tell when to stop. */
  bytes?: number;
}

export interface SubscribeOptions {
  /** The position that the reader read last; 0n for the whole log. */
  after: bigint;
  /** The mark of the event at `after`, if the reader knows it: the log must still hold that event there. */
  mark?: string | undefined;
  /** Only events of streams whose name begins with this prefix. */
  streamPrefix?: string;
  /** Only events of these types. */
  eventTypes?: readonly string[];
  /**
   * Paths of fields of the events' data that the reader does not need, such as `note` or `resolution.note`: long texts. The store
   * leaves them out where that saves work, but may also return them.
   */
  without?: readonly string[];
  /**
   * The reader reads in step with others of its process that say so, where they are far behind at about the same place: the log is then
   * read once for all of them, as fast as the slowest takes it, unless that one does not get on at all. In PostgreSQL only.
   */
  inStep?: boolean;
  /** The most events in a batch; 1000 by default. A batch of long events holds fewer: see `maxBatchBytes`. */
  batchSize?: number;
  /**
   * Called when the subscription has failed twice in a row, with the reason, and again at each further failure; with null once it has
   * gone on. It is tried again all the while.
   */
  onFailing?: (failure: EventStoreUnavailable | null) => void;
  signal: AbortSignal;
}

/**
 * The event log that everything is derived from, in PostgreSQL or in KurrentDB. One test suite holds both engines to what is written
 * here (test/contract/platform/event-store/event-store.contract.ts); where they differ, this text says so.
 *
 * - Durable: when an append resolves, its events survive a crash of this process and of the server, and in a KurrentDB cluster
 *   the loss of a minority of its nodes.
 * - Ordered: positions order all events; a reader that has seen position p will never meet a smaller one later. Revisions count
 *   the events of a stream without gaps. Positions have no gaps in PostgreSQL; in KurrentDB they are places in its log, with gaps.
 * - Atomic: the events of one append are recorded together, one after the other, or not at all.
 * - Idempotent: the same append again (stream, expected revision and event ids) gives the first answer, with `duplicate: true`,
 *   however often and from whichever process; nothing is written twice. So after a lost answer, append the same again.
 * - Event ids: PostgreSQL keeps them unique in the whole log, at any revision. KurrentDB compares them only with the events that
 *   stand where the append would have put its own: an id used again in another stream, or at a later revision of its own, is not noticed.
 * - Times: `recordedAt` is the server's clock. It never goes back along positions in PostgreSQL; in KurrentDB it can, by the
 *   difference between two nodes' clocks, when another node becomes the leader.
 */
export abstract class EventStore {
  /** Whether positions count the events: 1, 2, 3 … Otherwise they only order them. */
  abstract readonly countsPositions: boolean;

  /**
   * Appends to one stream.
   * Throws
   * - VersionConflict when the stream holds another number of events than expected: nothing was written;
   * - EventIdReused when some of the event ids are in the log, but not as this append: nothing was written;
   * - EventTooLarge before anything is sent;
   * - TextsErased when the texts of the stream were erased, and these would be new ones: nothing was written;
   * - AppendTimedOut or EventStoreUnavailable when the outcome is unknown: append the same again.
   */
  abstract append(append: Append): Promise<Appended>;

  /**
   * Makes many appends, each accepted or refused on its own as by `append`; a failed append does not affect the others. The results
   * are in the order of the appends. Appends to the same stream are tried one after the other, in the order given.
   */
  abstract appendMany(appends: readonly Append[]): Promise<PromiseSettledResult<Appended>[]>;

  /**
   * The events of a stream, oldest first, from `fromRevision` on (by default 1), `maxCount` of them at most (by default all);
   * none for a stream that does not exist. A stream may be long: read it a page at a time unless all of it is needed at once.
   * Includes every append to the stream that was answered before the call. Throws EventStoreUnavailable.
   */
  abstract readStream(stream: string, fromRevision?: number, maxCount?: number): Promise<RecordedEvent[]>;

  /**
   * Every event after a position, in order, in batches, each event once, then each new event as it is recorded, until `signal` aborts:
   * then the iteration ends without an error. The next batch is read when the reader asks for it: a slow reader costs no more memory
   * than a few batches. An empty batch means that the reader has caught up, or that the filter left out everything that was read.
   * Survives a lost connection and a server that is away: it tries again, less and less often, and goes on after the last batch.
   * Throws LogWentBack when the log no longer holds what the reader read: events of two histories are never mixed.
   * Subscribers of a process that have caught up share one subscription (feed/process-feed.ts), and get the same objects for the same
   * events; in PostgreSQL also those that read in step, in KurrentDB those that begin at the same place behind the end.
   */
  abstract subscribe(options: SubscribeOptions): AsyncIterable<EventBatch>;

  /**
   * Moves a log here: records events as they were (stream, revision, id, type, data, metadata, recordedAt), in the order given, at
   * the end of this log; positions are this log's own. PostgreSQL records all of them or none; in KurrentDB a failure on the way
   * leaves the first of them recorded, in order, so that the rest can follow. Not idempotent: look first at what this log holds.
   * Throws VersionConflict when a stream's events do not continue the stream as this log has it, EventIdReused when an id is in the log
   * already (in KurrentDB: when an id comes twice), RecordedTooEarly when an event was recorded before the event that it follows,
   * EventTooLarge, and EventStoreUnavailable when the outcome is unknown.
   */
  abstract restore(events: readonly RecordedEvent[]): Promise<void>;

  /** The log's identity: a UUID that stays the same for as long as the log's events do, and differs for any other log. */
  abstract identity(): Promise<string>;

  /**
   * The position of the newest event, 0n for an empty log. A subscriber that has reached it has seen every event up to now;
   * and every subscriber reaches it, whatever its filter leaves out.
   */
  abstract lastPosition(): Promise<bigint>;

  /**
   * When the first event after a position was recorded, undefined where the log holds none there. Costs one read of one event, whatever
   * comes after it. Throws EventStoreUnavailable.
   */
  abstract recordedAfter(position: bigint): Promise<Instant | undefined>;

  /**
   * The mark of the newest event at a position or before it (see bookmark.ts), `noMark` when there is no event. The log still holds
   * what was read up to there exactly when the mark is still the same. In PostgreSQL undefined when the log ends before the position.
   */
  abstract markAt(position: bigint): Promise<string | undefined>;

  /**
   * The hash of everything up to a position, as 64 hexadecimal digits, where the log is chained by hashes: whoever knows it knows the
   * log up to there. Undefined where the log has no chain, as in KurrentDB, and beyond its end.
   */
  abstract chainHash(position: bigint): Promise<string | undefined>;

  /** Closes the connections; subscriptions are ended by their signals. */
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

/** The log does not hold, at a position, the event that was read there: it was restored, or has lost its tail. */
export class LogWentBack extends Error {
  constructor(readonly position: bigint) {
    super(
      `the log went back: it does not hold the event any more that was read at position ${position}, and may go on otherwise`,
    );
  }
}

/** An event id is in the log already, in another stream or in another append. */
export class EventIdReused extends Error {
  constructor(readonly eventId: string) {
    super(`event id ${eventId} is used already`);
  }
}

/** An event that is restored was recorded before the event that it would follow in the log. */
export class RecordedTooEarly extends Error {
  constructor(readonly eventId: string) {
    super(`event ${eventId} was recorded before the one it would follow`);
  }
}

/** An event, or an append as a whole, is larger than the store takes. Nothing was sent, or nothing written. */
export class EventTooLarge extends Error {
  /** `size` and `limit` in bytes: data and metadata as JSON in UTF-8. */
  constructor(
    readonly size: number,
    readonly limit: number,
  ) {
    super(`${size} bytes are more than the event store takes at once: ${limit}`);
  }
}

/** What is to be written under a key that was destroyed: it could never be read, so nothing is written. */
export class TextsErased extends Error {
  constructor(readonly stream: string) {
    super(`the texts of ${stream} were erased, and no others can be added`);
  }
}

/** The store can't be reached or did not answer: the append may have happened or not; the same append again is safe. */
export class EventStoreUnavailable extends Error {
  constructor(reason: string, options?: ErrorOptions) {
    super(`the event store is not available: ${reason}`, options);
  }
}

/** No answer to an append in time, which may still happen. The same append again is safe, and its answer says what happened. */
export class AppendTimedOut extends EventStoreUnavailable {
  constructor(
    /** How long it was waited for. */
    readonly waitedMs: number,
  ) {
    super(`no answer within ${waitedMs} ms`);
  }
}
