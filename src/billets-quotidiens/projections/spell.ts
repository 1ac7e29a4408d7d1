import { localDay, type Day } from '../../calendar/local-days.js';
import type { Instant } from '../../shared/instant.js';
import type { Place, TicketEvent } from '../../tickets/domain/ticket.events.js';
import type { Priority } from '../../shared/vocabulary.js';

/** The beginning or the end of a spell: its event's times and place in the log, and its day in the zone of the place. */
export interface SpellEnd {
  revision: number;
  position: bigint;
  day: Day;
  occurredAt: Instant;
  recordedAt: Instant;
}

/** A time in which a ticket is active at one place without a break: so long is it in the establishment's backlog. */
export interface Spell {
  ticketId: string;
  establishment: string;
  from: SpellEnd;
  /** Absent while the ticket is still active there. */
  until?: SpellEnd;
  /** Only for the spell that begins with the opening; later spells of the ticket copy it from that one. */
  priority?: Priority;
}

/** The place whose backlog an event takes the ticket out of, and the place whose backlog it puts the ticket into. */
export interface Moved {
  out?: Place;
  into?: Place;
}

type MovesOf<Event extends { type: string }> = {
  [Type in Event['type']]: (event: Extract<Event, { type: Type }>) => Moved;
};

const ignore = (): Moved => ({});

const moves: MovesOf<TicketEvent> = {
  TicketOpened: ({ at }) => ({ into: at }),
  TicketReopened: ({ at }) => ({ into: at }),
  TicketResolved: ({ at }) => ({ out: at }),
  TicketCancelled: ({ at }) => ({ out: at }),
  TicketMerged: ({ at }) => ({ out: at }),
  TicketTransferred: ({ from, to }) => ({ out: from, into: to }),
  TicketAssigned: ignore,
  RequesterChanged: ignore,
  TicketWatched: ignore,
  TicketUnwatched: ignore,
  NoteAdded: ignore,
  TicketLinked: ignore,
  TicketRecategorized: ignore,
  TicketReprioritized: ignore,
  WorkStarted: ignore,
  TicketPutOnHold: ignore,
  TicketClosed: ignore,
  TicketTextsErased: ignore,
  LegalHoldPlaced: ignore,
  LegalHoldReleased: ignore,
  AttachmentAdded: ignore,
};

export const moveOf = (event: TicketEvent): Moved =>
  (moves[event.type] as (event: TicketEvent) => Moved)(event);

export const endAt = (
  place: Place,
  event: TicketEvent,
  { revision, position, recordedAt }: Pick<SpellEnd, 'revision' | 'position' | 'recordedAt'>,
): SpellEnd => ({
  revision,
  position,
  recordedAt,
  day: localDay(event.occurredAt, place.timeZone),
  occurredAt: event.occurredAt,
});
