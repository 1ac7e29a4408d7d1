import type { Scope } from '../../access/index.js';
import type { Day } from '../../calendar/local-days.js';
import type { Instant } from '../../shared/instant.js';
import type { Category, Priority } from '../../shared/vocabulary.js';
import { activeStatuses } from '../../shared/vocabulary.js';
import { join, raw, shared, sql, type Sql } from '../../platform/database/sql.js';
import { ownTeamsOf } from '../../preferences/index.js';
import type { ListedStatus } from '../ticket-change.js';
import { isActive } from './ticket-list.projection.js';

/** A filter of tickets; an absent field filters nothing. */
export interface TicketFilter {
  statuses?: readonly ListedStatus[];
  category?: Category;
  priority?: Priority;
  team?: string;
  /** Of a team that this person says is theirs. */
  teamsOf?: string;
  assignee?: string;
  /** Folded words, all of them among those of the requester's name. */
  requesterWords?: readonly string[];
  /** This person watches it. */
  watcher?: string;
  /** No person has it. */
  unassigned?: true;
  /** Opened at this instant or later. */
  openedFrom?: Instant;
  /** Opened before this instant. */
  openedBefore?: Instant;
  /** Opened from the first to the last of these days, both included; each ticket's day is that of the zone it was opened in. */
  openedDays?: { from?: Day; to?: Day };
}

/**
 * The filter as conditions on `desk.tickets`, without the establishments. Each is stated once: PostgreSQL multiplies the
 * selectivity of redundant conditions, and would underestimate how many tickets pass.
 */
export const distinctConditions = (filter: TicketFilter): Sql[] => {
  const { statuses, teamsOf: member, requesterWords, watcher, unassigned } = filter;
  const { openedFrom, openedBefore, openedDays } = filter;
  const equal = (['category', 'priority', 'team', 'assignee'] as const).flatMap((column) => {
    const value = filter[column];
    return value === undefined ? [] : [sql`${raw(column)} = ${value}::text`];
  });
  return [
    ...equal,
    ...(member === undefined ? [] : [sql`team = ANY(${ownTeamsOf(member)})`]),
    ...(requesterWords ? [sql`requester_words @> ${requesterWords}::text[]`] : []),
    ...(watcher === undefined ? [] : [sql`watchers @> ARRAY[${watcher}::text]`]),
    ...(unassigned ? [raw('assignee IS NULL')] : []),
    ...(statuses ? [sql`status = ANY(${statuses}::text[])`] : []),
    ...(openedFrom ? [sql`opened_at >= ${openedFrom}::timestamptz`] : []),
    ...(openedBefore ? [sql`opened_at < ${openedBefore}::timestamptz`] : []),
    ...(openedDays ? [isOpenedOn(openedDays)] : []),
  ];
};

/**
 * The condition on opening days. The conditions on instants beside it already tell PostgreSQL how many tickets pass and which part
 * of an index to read. The days nearly repeat them, and PostgreSQL would multiply the selectivity of both; COALESCE hides the days
 * from its estimate.
 */
const isOpenedOn = ({ from, to }: NonNullable<TicketFilter['openedDays']>): Sql => {
  const bounds = [
    ...(from === undefined ? [] : [sql`opened_day >= ${from}::date`]),
    ...(to === undefined ? [] : [sql`opened_day <= ${to}::date`]),
  ];
  return sql`coalesce(${join(bounds, ' AND ')}, false)`;
};

/** The same conditions; for active tickets only, also the predicate of the partial indexes that hold only those. */
export const conditionsOf = (filter: TicketFilter): Sql[] => [
  ...distinctConditions(filter),
  ...(filter.statuses?.every((status) => (activeStatuses as readonly ListedStatus[]).includes(status))
    ? [raw(isActive)]
    : []),
];

/** What of a ticket the filter looks at, named as its columns. */
export interface FilteredColumns {
  establishment: string;
  category: string;
  priority: string;
  status: ListedStatus;
  team: string | null;
  assignee: string | null;
  requester_words: readonly string[] | null;
  watchers: readonly string[] | null;
}

/**
 * Whether a ticket may pass the filter: false only where the conditions above leave it out. When it was opened is not looked at, nor
 * whose team it is.
 */
export const mayPass = (filter: TicketFilter, ticket: FilteredColumns): boolean => {
  const { statuses, requesterWords, watcher, unassigned } = filter;
  const equal = (['category', 'priority', 'team', 'assignee'] as const).every(
    (column) => filter[column] === undefined || filter[column] === ticket[column],
  );
  return (
    equal &&
    (statuses?.includes(ticket.status) ?? true) &&
    (requesterWords?.every((word) => ticket.requester_words?.includes(word)) ?? true) &&
    (watcher === undefined || (ticket.watchers?.includes(watcher) ?? false)) &&
    !(unassigned && ticket.assignee !== null)
  );
};

/** A relation `mine(establishment)` of the scope's establishments. `all` are those that have a ticket, even if no longer listed. */
export const withinScope = (scope: Scope): Sql =>
  scope === 'all'
    ? sql`(${everyEstablishment}) AS mine`
    : sql`unnest(${shared(scope)}::text[]) AS mine(establishment)`;

/** The distinct establishments of all tickets: one index lookup for each establishment, instead of one row for each ticket. */
export const everyEstablishment = sql`
  WITH RECURSIVE present AS (
    SELECT min(establishment) AS establishment FROM desk.tickets
     UNION ALL
    SELECT (SELECT min(ticket.establishment) FROM desk.tickets AS ticket WHERE ticket.establishment > present.establishment)
      FROM present WHERE present.establishment IS NOT NULL
  )
  SELECT establishment FROM present WHERE establishment IS NOT NULL`;
