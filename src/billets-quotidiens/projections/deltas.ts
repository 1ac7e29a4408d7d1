import { localDay, type Day } from '../../calendar/local-days.js';
import type { Instant } from '../../shared/instant.js';
import type { Opening, Place, TicketEvent } from '../../tickets/domain/ticket.events.js';
import type { Counts } from '../figures.js';

/** The counts that an event adds to one day of an establishment. */
export interface Delta {
  establishment: string;
  /** The zone whose midnights bound the day. */
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

/** The change to the cohort of the opening day, in the zone where the ticket was opened; none for an event of a later day. */
const sameDay = (event: { occurredAt: Instant; opened: Opening }, change: 1 | -1): readonly Delta[] => {
  const { at: place, occurredAt: openedAt } = event.opened;
  const onOpeningDay = localDay(event.occurredAt, place.timeZone) === localDay(openedAt, place.timeZone);
  return onOpeningDay ? [at(place, openedAt, { resolvedSameDay: change })] : [];
};

/** The definitions of domain.md, event by event. A new event type fails to compile until it is listed with what it counts. */
const deltas: DeltasOf<TicketEvent> = {
  TicketOpened: (e) => [at(e.at, e.occurredAt, { opened: 1 })],
  TicketResolved: (e) => [at(e.at, e.occurredAt, { resolved: 1 }), ...sameDay(e, 1)],
  TicketReopened: (e) => [
    at(e.at, e.occurredAt, { reopened: 1 }),
    // A cancelled ticket was not counted as resolved.
    ...(e.from === 'cancelled' ? [] : sameDay(e, -1)),
  ],
  TicketCancelled: (e) => [at(e.at, e.occurredAt, { cancelled: 1 })],
  TicketMerged: (e) => [at(e.at, e.occurredAt, { merged: 1 })],
  TicketTransferred: (e) => [
    at(e.from, e.occurredAt, { transferredOut: 1 }),
    at(e.to, e.occurredAt, { transferredIn: 1 }),
  ],
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

/** Whether events of this type count nothing, whatever their data; false for an unknown type. */
export const countsNothing = (type: string): boolean =>
  (deltas as Partial<Record<string, unknown>>)[type] === ignore;

export const deltasOf = (event: TicketEvent): readonly Delta[] =>
  (deltas[event.type] as (event: TicketEvent) => readonly Delta[])(event);
