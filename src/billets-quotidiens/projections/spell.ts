import { localDay, type Day } from '../../calendar/local-days.js';
import type { Instant } from '../../shared/instant.js';
import type { Place, TicketEvent } from '../../tickets/domain/ticket.events.js';
import type { Priority } from '../../shared/vocabulary.js';

/** One end of a spell: what happened, where its day is cut, and where it stands in the log. */
export interface SpellEnd {
  revision: number;
  position: bigint;
  day: Day;
  occurredAt: Instant;
  recordedAt: Instant;
}

/** The time a ticket is active at one place without a break: it is in that establishment's backlog as long. */
export interface Spell {
  ticketId: string;
  establishment: string;
  from: SpellEnd;
  /** Absent: it is active there still. */
  until?: SpellEnd;
  /** Told by the opening alone; later spells of the ticket take it from there. */
  priority?: Priority;
}

/** Where and when an event takes the ticket out of a backlog, and into one. */
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
  NoteAdded: ignore,
  TicketLinked: ignore,
  TicketRecategorized: ignore,
  TicketReprioritized: ignore,
  WorkStarted: ignore,
  TicketPutOnHold: ignore,
  TicketClosed: ignore,
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
