import type { Day } from '../../calendar/local-days.js';
import type { Instant } from '../../shared/instant.js';
import type { Category, Priority } from '../../shared/vocabulary.js';
import { activeStatuses } from '../../tickets/index.js';
import { join, raw, shared, sql, type Sql } from '../../platform/database/sql.js';
import type { ListedStatus } from '../ticket-change.js';
import { isActive } from './ticket-list.projection.js';

/** Which tickets are asked for; what is absent does not matter. */
export interface TicketFilter {
  statuses?: readonly ListedStatus[];
  category?: Category;
  priority?: Priority;
  team?: string;
  assignee?: string;
  /** From here on … */
  openedFrom?: Instant;
  /** … to before here. */
  openedBefore?: Instant;
  /** From the first to the last of these days, both included, each ticket's cut by the zone it was opened in. */
  openedDays?: { from?: Day; to?: Day };
}

/** The filter as conditions on `desk.tickets`, but for the establishments: each once, so that PostgreSQL knows how many pass. */
export const conditionsOnce = (filter: TicketFilter): Sql[] => {
  const { statuses, openedFrom, openedBefore, openedDays } = filter;
  const equal = (['category', 'priority', 'team', 'assignee'] as const).flatMap((column) => {
    const value = filter[column];
    return value === undefined ? [] : [sql`${raw(column)} = ${value}::text`];
  });
  return [
    ...equal,
    ...(statuses ? [sql`status = ANY(${statuses}::text[])`] : []),
    ...(openedFrom ? [sql`opened_at >= ${openedFrom}::timestamptz`] : []),
    ...(openedBefore ? [sql`opened_at < ${openedBefore}::timestamptz`] : []),
    ...(openedDays ? [isOpenedOn(openedDays)] : []),
  ];
};

/**
 * The instants beside it tell PostgreSQL how many pass, and which part of an index to read; days are all but the same thing said
 * twice, and it would take both for as many chances. COALESCE keeps it from counting these.
 */
const isOpenedOn = ({ from, to }: NonNullable<TicketFilter['openedDays']>): Sql => {
  const bounds = [
    ...(from === undefined ? [] : [sql`opened_day >= ${from}::date`]),
    ...(to === undefined ? [] : [sql`opened_day <= ${to}::date`]),
  ];
  return sql`coalesce(${join(bounds, ' AND ')}, false)`;
};

/** The same; where only active tickets are asked for it's said in the words of the indexes that hold only those, too. */
export const conditionsOf = (filter: TicketFilter): Sql[] => [
  ...conditionsOnce(filter),
  ...(filter.statuses?.every((status) => (activeStatuses as readonly ListedStatus[]).includes(status))
    ? [raw(isActive)]
    : []),
];

/** Codes of establishments, or all of them. */
export type Scope = readonly string[] | 'all';

/** A relation `mine(establishment)` of the establishments reached; `all` are those that any ticket is at, whatever the list of today says. */
export const withinScope = (reach: Scope): Sql =>
  reach === 'all'
    ? sql`(${everyEstablishment}) AS mine`
    : sql`unnest(${shared(reach)}::text[]) AS mine(establishment)`;

/** One look into the index for each establishment, instead of one for each ticket. */
const everyEstablishment = sql`
  WITH RECURSIVE present AS (
    SELECT min(establishment) AS establishment FROM desk.tickets
     UNION ALL
    SELECT (SELECT min(ticket.establishment) FROM desk.tickets AS ticket WHERE ticket.establishment > present.establishment)
      FROM present WHERE present.establishment IS NOT NULL
  )
  SELECT establishment FROM present WHERE establishment IS NOT NULL`;
