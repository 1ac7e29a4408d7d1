import {
  type Grouping,
  type Part,
  type Report,
  ticketsCursor,
  type TicketsPlace,
} from '../../reports/index.js';
import type { Instant } from '../../shared/instant.js';
import type { Day } from '../../calendar/local-days.js';
import { withQuery } from '../page/with-query.js';

/** What the form of the page chooses. */
export interface ChosenReport {
  report: Report;
  from: Day;
  to: Day;
  by: Grouping | undefined;
  establishment: string | undefined;
}

/** Which tickets of a report: those of one of its groups, or of one of its parts. */
export interface ChosenTickets {
  report: Report;
  /** A group's key; null: those without a team; undefined: all of the report. */
  group?: string | null | undefined;
  part?: Part | undefined;
}

/** The page of a report, as its form chose it. */
export const reportAddress = ({ report, from, to, by, establishment }: ChosenReport): string =>
  withQuery('/rapports', { report, from, to, by, establishment });

/** The first page of tickets, as they were known when the report was. */
export const placeOfReport = (position: string, at: Instant): TicketsPlace => ({
  ...{ after: 0n, position: BigInt(position), at },
});

/** The page of the tickets behind a figure of a report; `shown` are those on the pages before. */
export const ticketsAddress = (
  chosen: ChosenReport,
  { report, group, part }: ChosenTickets,
  place: TicketsPlace,
  shown = 0,
): string =>
  withQuery('/rapports/billets', {
    ...{ report: chosen.report, from: chosen.from, to: chosen.to, by: chosen.by },
    establishment: chosen.establishment,
    // The openings that stand beside resolutions are the tickets of another report.
    tickets: report === chosen.report ? undefined : report,
    ...(group === null ? { withoutTeam: 'true' } : { group }),
    ...{ part, cursor: ticketsCursor(place), shown: shown === 0 ? undefined : String(shown) },
  });

/** What the API is asked for the same tickets. */
export const ticketsQueryOf = (
  { from, to, by, establishment }: ChosenReport,
  { group, part }: ChosenTickets,
): Record<string, string | undefined> => ({
  ...(by === 'day' && group != null ? { from: group, to: group } : { from, to }),
  establishment: by === 'establishment' ? (group ?? establishment) : establishment,
  ...(by === 'team' && group != null ? { team: group } : {}),
  ...(by === 'category' && group != null ? { category: group } : {}),
  ...(group === null ? { withoutTeam: 'true' } : {}),
  part,
});

/** The file of all of them. */
export const ticketsFileAddress = (
  chosen: ChosenReport,
  tickets: ChosenTickets,
  place: TicketsPlace,
): string =>
  withQuery(`/v1/reports/${tickets.report}/tickets`, {
    ...ticketsQueryOf(chosen, tickets),
    cursor: ticketsCursor({ ...place, after: 0n }),
  });
