import { localDay, type Day } from '../../calendar/local-days.js';
import { milliseconds, type Instant } from '../../shared/instant.js';
import type { TicketEvent } from '../../tickets/domain/ticket.events.js';
import { deltasOf } from './deltas.js';
import { countedFigures, type CountedFigure } from '../figures.js';

/**
 * `resolvedAnotherDay`: what would change the cohort of the opening day, had both happened on one day. By the days of the
 * ticket's own zone they did not; by those of another zone they may have.
 */
type EntryFigure = CountedFigure | 'resolvedAnotherDay';

/** What one event adds to one figure of one establishment's day. */
export interface FigureEntry {
  figure: EntryFigure;
  delta: number;
  establishment: string;
  /** The zone that the day is cut by. */
  timeZone: string;
  day: Day;
  /** When the ticket was opened, for the figures that count the opening day's cohort. */
  openedAt: Instant | null;
  /** The event's first entry of this day, and of this establishment's day: so that events can be counted. */
  firstOfDay: boolean;
  firstOfEstablishment: boolean;
}

/** No day is longer, in any zone. */
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
