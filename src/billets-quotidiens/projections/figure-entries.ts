import { localDay, type Day } from '../../calendar/local-days.js';
import { milliseconds, type Instant } from '../../shared/instant.js';
import type { TicketEvent } from '../../tickets/domain/ticket.events.js';
import { deltasOf } from './deltas.js';
import { countedFigures, type CountedFigure } from '../figures.js';

/**
 * The figure of an entry. `resolvedAnotherDay` is a resolution, or its reopening, that was not on the ticket's opening day in the
 * ticket's own zone; in another zone both may be on one day, and then the entry counts in `resolvedSameDay`.
 */
type EntryFigure = CountedFigure | 'resolvedAnotherDay';

/** What one event adds to one figure of one day of an establishment. */
export interface FigureEntry {
  figure: EntryFigure;
  delta: number;
  establishment: string;
  /** The zone whose midnights bound the day. */
  timeZone: string;
  day: Day;
  /** When the ticket was opened, for the figures that count the opening day's cohort. */
  openedAt: Instant | null;
  /** Whether this is the event's first entry on this day, or on this day of the establishment: so that events can be counted once. */
  firstOfDay: boolean;
  firstOfEstablishment: boolean;
}

/** The greatest length of a day in any zone, in milliseconds. */
const maxDayMs = 26 * 3_600_000;

export const entriesOf = (event: TicketEvent): FigureEntry[] => {
  const seen = new Set<string>();
  const isFirst = (key: string): boolean => seen.size < seen.add(key).size;
  const entries = deltasOf(event).flatMap(({ establishment, timeZone, day, counts }) =>
    countedFigures.flatMap((figure): FigureEntry[] => {
      const delta = counts[figure] ?? 0;
      if (delta === 0) return [];
      const openedAt = figure === 'resolvedSameDay' && 'opened' in event ? event.opened.occurredAt : null;
      const firstOfDay = isFirst(day);
      const firstOfEstablishment = isFirst(`${day} ${establishment}`);
      return [{ figure, delta, establishment, timeZone, day, openedAt, firstOfDay, firstOfEstablishment }];
    }),
  );
  const counted = entries.some(({ figure }) => figure === 'resolvedSameDay');
  return counted ? entries : [...entries, ...onAnotherDay(event)];
};

const onAnotherDay = (event: TicketEvent): FigureEntry[] => {
  const isCohort =
    event.type === 'TicketResolved' || (event.type === 'TicketReopened' && event.from !== 'cancelled');
  if (!isCohort) return [];
  const { at, occurredAt: openedAt } = event.opened;
  if (milliseconds(event.occurredAt) - milliseconds(openedAt) >= maxDayMs) return [];
  return [
    {
      figure: 'resolvedAnotherDay',
      delta: event.type === 'TicketResolved' ? 1 : -1,
      establishment: at.establishment,
      timeZone: at.timeZone,
      day: localDay(openedAt, at.timeZone),
      openedAt,
      firstOfDay: false,
      firstOfEstablishment: false,
    },
  ];
};
