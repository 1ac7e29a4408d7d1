import type { EventToAppend, JsonObject, RecordedEvent } from '../../platform/event-store/event-store.js';
import type { Instant } from '../../shared/instant.js';
import type { TicketEvent } from './ticket.events.js';

/** What the log keeps beside each event. */
export interface TicketEventMetadata {
  schemaVersion: number;
  commandId: string;
  /** Hash of the command's type, ticket and body: the same command id with another hash is another command. Empty where the ticket's texts are erased. */
  fingerprint: string;
  /** The ticket's texts are erased: they read as empty. Never written: it is told by the key that is not there any more. */
  erased?: boolean;
  /** Subject of the token the command was sent with. */
  actor: string;
  /** The effective time; the domain's `occurredAt`. */
  occurredAt: Instant;
  /** The raw claim, by the clock of whoever did it. */
  claimedAt: Instant;
  /** How many milliseconds that clock was ahead of the server's, where it was corrected. */
  clockSkewMs?: number;
  deviceId?: string;
  correlationId: string;
  causationId: string;
}

/** A ticket's event as the log gives it back. */
export interface RecordedTicketEvent {
  event: TicketEvent;
  metadata: TicketEventMetadata;
  revision: number;
  position: bigint;
  recordedAt: Instant;
}

type Upcaster = (data: JsonObject) => JsonObject;

interface WireFormat {
  /** The version written now. Older ones are upcast in order: the first upcaster makes version 2 of version 1. */
  version: number;
  upcasters: readonly Upcaster[];
}

const first: WireFormat = { version: 1, upcasters: [] };

/** The names are those of the wire: literals that stay, whatever the code is renamed to. */
const formats: Record<TicketEvent['type'], WireFormat> = {
  TicketOpened: first,
  TicketAssigned: first,
  RequesterChanged: first,
  TicketWatched: first,
  TicketUnwatched: first,
  NoteAdded: first,
  TicketLinked: first,
  TicketRecategorized: first,
  TicketReprioritized: first,
  WorkStarted: first,
  TicketPutOnHold: {
    version: 2,
    // Version 1 named the reason after the domain's question, «why».
    upcasters: [({ why, ...data }) => ({ ...data, reason: why })],
  },
  TicketResolved: first,
  TicketClosed: first,
  TicketReopened: first,
  TicketCancelled: first,
  TicketMerged: first,
  TicketTransferred: first,
  TicketTextsErased: first,
  LegalHoldPlaced: first,
  LegalHoldReleased: first,
  AttachmentAdded: first,
};

/** An event as the store takes it. `id` is made from the command's id. */
export const encode = (
  id: string,
  event: TicketEvent,
  metadata: Omit<TicketEventMetadata, 'schemaVersion' | 'occurredAt'>,
): EventToAppend => {
  const { type, occurredAt, ...data } = event;
  const { version } = formats[type];
  return { id, type, data, metadata: { schemaVersion: version, occurredAt, ...metadata } };
};

/**
 * Events that were upcast already, by their record: seven projections read the same page of the log, and each looks at every event of it.
 */
const known = new WeakMap<RecordedEvent, TicketEvent>();

/**
 * An event of a ticket's stream, upcast to today's version. Throws on a type or a version this code does not know: stopping is better
 * than guessing.
 */
export const decodeEvent = (recorded: RecordedEvent): TicketEvent => {
  const before = known.get(recorded);
  if (before) return before;
  const event = upcast(recorded, metadataOf(recorded));
  known.set(recorded, event);
  return event;
};

/** The event, upcast, with what was recorded beside it. Throws as `decodeEvent` does. */
export const decode = (recorded: RecordedEvent): RecordedTicketEvent => {
  const metadata = metadataOf(recorded);
  const { revision, position, recordedAt } = recorded;
  return { event: decodeEvent(recorded), metadata, revision, position, recordedAt };
};

/** The event's metadata. Read it once for each event: a store may parse its JSON at each access. */
const metadataOf = ({ metadata }: RecordedEvent): TicketEventMetadata =>
  metadata as unknown as TicketEventMetadata;

const upcast = (
  { type, data, position }: RecordedEvent,
  { schemaVersion, occurredAt }: TicketEventMetadata,
): TicketEvent => {
  const format = (formats as Partial<Record<string, WireFormat>>)[type];
  if (!format || schemaVersion > format.version) {
    throw new Error(`event ${type} version ${schemaVersion} at position ${position} is not known here`);
  }
  const today =
    schemaVersion === format.version
      ? data
      : format.upcasters.slice(schemaVersion - 1).reduce((older, upcaster) => upcaster(older), data);
  return { ...today, type, occurredAt } as TicketEvent;
};
