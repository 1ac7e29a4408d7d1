import { localDay, type Day } from '../../calendar/local-days.js';
import type { Instant } from '../../shared/instant.js';
import type { Opening, Place, TicketEvent } from '../../tickets/domain/ticket.events.js';
import type { Counts } from '../figures.js';

/** What an event adds to the figures of one establishment's day. */
export interface Delta {
  establishment: string;
  /** The zone that the day is cut by. */
  timeZone: string;
  day: Day;
  counts: Partial<Counts>;
}

type DeltasOf<Event extends { type: string }> = {
  [Type in Event['type']]: (event: Extract<Event, { type: Type }>) => readonly Delta[];
};

const ignore = (): readonly Delta[] => [];

const at = (place: Place, occurredAt: Instant, counts: Partial<Counts>): Delta => ({
  establishment: place.establishment,
  timeZone: place.timeZone,
  day: localDay(occurredAt, place.timeZone),
  counts,
});

/** The cohort of the opening day, by the zone the ticket was opened in: untouched by what happens on a later day. */
const sameDay = (event: { occurredAt: Instant; opened: Opening }, change: 1 | -1): readonly Delta[] => {
  const { at: place, occurredAt: openedAt } = event.opened;
  const onOpeningDay = localDay(event.occurredAt, place.timeZone) === localDay(openedAt, place.timeZone);
  return onOpeningDay ? [at(place, openedAt, { resolvedSameDay: change })] : [];
};

/** The definitions of domain.md, event by event. A new event fails to compile until it says what it counts. */
const deltas: DeltasOf<TicketEvent> = {
  TicketOpened: (e) => [at(e.at, e.occurredAt, { opened: 1 })],
  TicketResolved: (e) => [at(e.at, e.occurredAt, { resolved: 1 }), ...sameDay(e, 1)],
  TicketReopened: (e) => [
    at(e.at, e.occurredAt, { reopened: 1 }),
    // What was cancelled was not counted as resolved.
    ...(e.from === 'cancelled' ? [] : sameDay(e, -1)),
  ],
  TicketCancelled: (e) => [at(e.at, e.occurredAt, { cancelled: 1 })],
  TicketMerged: (e) => [at(e.at, e.occurredAt, { merged: 1 })],
  TicketTransferred: (e) => [
    at(e.from, e.occurredAt, { transferredOut: 1 }),
    at(e.to, e.occurredAt, { transferredIn: 1 }),
  ],
  TicketAssigned: ignore,
  NoteAdded: ignore,
  TicketLinked: ignore,
  TicketRecategorized: ignore,
  TicketReprioritized: ignore,
  WorkStarted: ignore,
  TicketPutOnHold: ignore,
  TicketClosed: ignore,
};

/** Whether events of this name count nothing, whatever they hold; not so of a name that is not known. */
export const countsNothing = (type: string): boolean =>
  (deltas as Partial<Record<string, unknown>>)[type] === ignore;

export const deltasOf = (event: TicketEvent): readonly Delta[] =>
  (deltas[event.type] as (event: TicketEvent) => readonly Delta[])(event);
