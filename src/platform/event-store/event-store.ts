import type { Instant } from '../../shared/instant.js';

/** What JSON.stringify writes and JSON.parse reads back the same. */
export type JsonObject = Record<string, unknown>;

export interface EventToAppend {
  /** UUID, lower case, unique in the whole log: made from the command's id, so that the store itself recognises a repeated append. */
  id: string;
  /** The wire name: a literal, never a class name. */
  type: string;
  /** With the metadata at most 1 MB as JSON (see `largestEvent`). */
  data: JsonObject;
  metadata: JsonObject;
}

export interface RecordedEvent extends EventToAppend {
  stream: string;
  /** The event's number in its stream: 1, 2, 3 … without gaps. */
  revision: number;
  /** The event's number in the whole log. Later events have larger ones; in PostgreSQL there are no gaps. */
  position: bigint;
  /** When the store took it, by its own clock, to the millisecond. */
  recordedAt: Instant;
}

/**
 * An event that was read, so that whoever goes on after it can tell whether the log still holds it. A log that was restored, or
 * lost its tail, and has grown since, holds another event there, or the same recorded at another time.
 */
export interface Bookmark {
  position: bigint;
  /** See bookmark.ts. */
  mark: string;
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
  /** The newest event that was read, wanted or not, where there was one; in PostgreSQL the one at `position`. */
  bookmark?: Bookmark | undefined;
  /** About how many bytes its events take, where the store knows: so that who gathers batches knows when to stop. */
  bytes?: number;
}

export interface SubscribeOptions {
  /** The position read last; 0n for the whole log. */
  after: bigint;
  /** The mark of the event at `after`, where the reader knows it: the log must still hold that event there. */
  mark?: string | undefined;
  /** Only events of streams whose name begins so. */
  streamPrefix?: string;
  /** Only events of these types. */
  eventTypes?: readonly string[];
  /**
   * What the reader can do without of the events' data, as `note` or `resolution.note`: long texts. They are left out where that
   * spares something, and may be there all the same.
   */
  without?: readonly string[];
  /** Most events a batch; 1000 unless told. Fewer come where they are long: see `maxBatchBytes`. */
  batchSize?: number;
  signal: AbortSignal;
}

/**
 * The log everything rests on: in PostgreSQL, or in KurrentDB. One suite holds both to what is written here
 * (test/contract/platform/event-store/event-store.contract.ts); where they differ, it says so.
 *
 * - Durable: when an append resolves, its events survive a crash of this process and of the server, and in a KurrentDB cluster
 *   the loss of a minority of its nodes.
 * - Ordered: positions order all events; a reader that has seen position p will never meet a smaller one later. Revisions count
 *   the events of a stream without gaps. Positions have no gaps in PostgreSQL; in KurrentDB they are places in its log, with gaps.
 * - Atomic: the events of one append are recorded together, one after the other, or not at all.
 * - Idempotent: the same append again (stream, expected revision and event ids) gives the first answer, with `duplicate: true`,
 *   however often and from whichever process; nothing is written twice. So after a lost answer: append the same again.
 * - Event ids: PostgreSQL keeps them unique in the whole log, at any revision. KurrentDB compares them only with the events that
 *   stand where the append would have put its own: an id used again in another stream, or further up its own, is not noticed.
 * - Times: `recordedAt` is the server's clock. It never goes back along positions in PostgreSQL; in KurrentDB it can, by the
 *   difference between two nodes' clocks, when another node becomes the leader.
 */
export abstract class EventStore {
  /** Whether positions count the events: 1, 2, 3 … Otherwise they only order them. */
  abstract readonly countsPositions: boolean;

  /**
   * Appends to one stream.
   * Throws
   * - VersionConflict where the stream holds another number of events than expected: nothing was written;
   * - EventIdReused where some of the event ids are in the log, but not as this append: nothing was written;
   * - EventTooLarge before anything is sent;
   * - AppendTimedOut or EventStoreUnavailable where the outcome is unknown: append the same again.
   */
  abstract append(append: Append): Promise<Appended>;

  /**
   * Many appends, each judged on its own as by `append`; one that fails takes no other with it. Results in the order asked for.
   * Appends to the same stream are tried one after the other, in the order given.
   */
  abstract appendMany(appends: readonly Append[]): Promise<PromiseSettledResult<Appended>[]>;

  /**
   * The events of a stream, oldest first, from `fromRevision` on (1 unless told), `maxCount` of them at most (all unless told);
   * none for a stream that does not exist. A stream may be long: read it a page at a time unless all of it is needed at once.
   * Includes every append to it that was answered before. Throws EventStoreUnavailable.
   */
  abstract readStream(stream: string, fromRevision?: number, maxCount?: number): Promise<RecordedEvent[]>;

  /**
   * Every event after a position, in order, in batches, each event once, then each new one as it comes, until `signal` aborts:
   * then it ends, without an error. The next batch is read when it is asked for: a slow reader costs no more memory than a few
   * batches. A batch may be empty: it says that the reader has caught up, or that what it read was left out by the filter.
   * Survives a lost connection and a server that is away: it tries again, less and less often, and goes on after the last batch.
   * Throws LogWentBack where the log does not hold what was read of it any more: nothing of another history is given after the first.
   */
  abstract subscribe(options: SubscribeOptions): AsyncIterable<EventBatch>;

  /**
   * For moving a log: records events as they were (stream, revision, id, type, data, metadata, recordedAt), in the order given, at
   * the end of this log; positions are this log's own. All of them or none in PostgreSQL; in KurrentDB a failure on the way
   * leaves the first of them there, in order, so that the others can follow. Not idempotent: look at what is there first.
   * Throws VersionConflict where a stream does not go on where it stands here, EventIdReused where an id is in the log already (in
   * KurrentDB: comes twice), RecordedTooEarly where an event was recorded before the one ahead of it, EventTooLarge, and
   * EventStoreUnavailable where the outcome is unknown.
   */
  abstract restore(events: readonly RecordedEvent[]): Promise<void>;

  /** Which log this is: a UUID that stays for as long as its events do, and differs for any other log. */
  abstract identity(): Promise<string>;

  /**
   * The position of the newest event, 0n for an empty log. A subscriber that has come this far has seen everything there was;
   * and every subscriber comes this far, whatever its filter leaves out.
   */
  abstract lastPosition(): Promise<bigint>;

  /**
   * The mark of the newest event at a position or before it (see bookmark.ts), `noMark` where there is none: what was read up to
   * there is still in the log exactly where it is the same. In PostgreSQL undefined where the log ends before the position.
   */
  abstract markAt(position: bigint): Promise<string | undefined>;

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

/** The log does not hold, at a position, the event that was read there: it was restored, or has lost its tail. */
export class LogWentBack extends Error {
  constructor(readonly position: bigint) {
    super(
      `the log went back: it does not hold the event any more that was read at position ${position}, and may go on otherwise`,
    );
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

/** The store can't be reached or did not answer: the append may have happened or not; the same append again is safe. */
export class EventStoreUnavailable extends Error {
  constructor(reason: string, options?: ErrorOptions) {
    super(`the event store is not available: ${reason}`, options);
  }
}

/** No answer within the deadline of an append: it may yet happen. The same append again is safe, and tells what became of it. */
export class AppendTimedOut extends EventStoreUnavailable {
  constructor(readonly deadlineMs: number) {
    super(`no answer within ${deadlineMs} ms`);
  }
}
