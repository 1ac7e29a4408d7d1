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
