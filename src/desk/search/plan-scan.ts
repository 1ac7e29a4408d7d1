import type { SnapshotReader } from '../../platform/database/snapshot.js';
import { weekOf, type WeekBuckets } from './week-buckets.js';
import { empty, join, raw, shared, sql, type Sql } from '../../platform/database/sql.js';
import { comesAfter, orderBy } from '../list/ticket-order.js';
import type { WeekStep } from './from-week-to-week.js';
import {
  andTickets,
  matchesQuery,
  fitsNowhere,
  scopeAndFilter,
  isFirst,
  isFound,
  isFoundIn,
  fromTicketTexts,
  queryWords,
} from './search-conditions.js';
import type { SearchRequest } from './search.js';

/**
 * The most tickets that are scanned one by one: for fewer, this is faster than finding tickets by their words and checking the
 * filter for each.
 */
const maxTicketsToScan = 5_000;

/** The plan of a search: the weeks in which matches may be, and how many of them to search in the first step. */
export const planScan = async (
  client: SnapshotReader,
  search: SearchRequest,
): Promise<WeekBuckets & { begin: number }> => {
  const { oldest, newest } = search.weeks;
  const { openedFrom, openedBefore } = search.filter;
  return {
    oldest: openedFrom ? Math.max(oldest, weekOf(openedFrom)) : oldest,
    newest: openedBefore ? Math.min(newest, weekOf(openedBefore)) : newest,
    begin: (await areFew(client, search)) ? Infinity : 1,
  };
};

/** PostgreSQL's estimate of how many tickets pass the scope and the filter, whatever their words; there must be a condition. */
export const selectPlannedRows = (search: SearchRequest): Sql =>
  sql`EXPLAIN (FORMAT JSON) SELECT FROM desk.tickets AS ticket WHERE ${join(scopeAndFilter(search), ' AND ')}`;

/** Whether PostgreSQL estimates that few tickets pass the scope and the filter, whatever their words. */
const areFew = async (client: SnapshotReader, search: SearchRequest): Promise<boolean> => {
  if (scopeAndFilter(search).length === 0) return false;
  const [plan] = await client.read<{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }>(
    selectPlannedRows(search),
  );
  return plan !== undefined && plan['QUERY PLAN'][0].Plan['Plan Rows'] < maxTicketsToScan;
};

export interface MatchQuery {
  query: string;
  /** A query whose matches are left out: they were found before. */
  except?: string;
  /** The sort keys of each match as an SQL select list over `opened`, `band` and `rank`. */
  keys: string;
}

/**
 * The first matches of a step. In a step of few weeks, all texts that have the words are found and sorted first, and then looked up
 * in the ticket list until enough of them pass the filter. In a step of all weeks that are left, PostgreSQL may begin with either.
 * `OFFSET 0` keeps PostgreSQL to this plan: it cannot estimate how many tickets of a week have a word.
 */
export const selectFirst = (
  search: SearchRequest,
  { weeks, rest, limit }: WeekStep,
  { query, except, keys }: MatchQuery,
): Sql => {
  const { sort, after } = search.page;
  const words = sql`${shared(query)}::tsquery`;
  const conditions = rest
    ? [isFound(search, words), isWithin(weeks)]
    : [isFoundIn(search, query, weeks), matchesQuery(search, words)];
  conditions.push(isFirst(search, words));
  if (except !== undefined) conditions.push(fitsNowhere(search, sql`${shared(except)}::tsquery`));
  const found = sql`
    SELECT ticket_id, ${raw(keys)} FROM (
      SELECT ticket_id, opened, band, ts_rank(${queryWords(search)}, ${words})::float8 AS rank
        FROM ${fromTicketTexts} ${where(conditions)} ${raw(rest ? '' : 'OFFSET 0')}
    ) AS text`;
  const filters = scopeAndFilter(search);
  const order = orderBy(sort, 'exact');
  const next = sql`${where(after ? [comesAfter(sort, after)] : [])} ORDER BY ${order}`;
  const first = rest ? filteredFirst(found, filters, next) : foundFirst(found, filters, { next, order });
  return sql`${first} LIMIT ${limit}::integer`;
};

const filteredFirst = (found: Sql, filters: readonly Sql[], next: Sql): Sql =>
  sql`SELECT * FROM (${found} ${andTickets} ${where(filters)} OFFSET 0) AS found ${next}`;

const foundFirst = (
  found: Sql,
  filters: readonly Sql[],
  { next, order }: { next: Sql; order: Sql },
): Sql => sql`
  SELECT * FROM (SELECT * FROM (${found}) AS found ${next} OFFSET 0) AS found
   WHERE EXISTS (
     SELECT FROM desk.tickets AS ticket ${where([sql`ticket.ticket_id = found.ticket_id`, ...filters])} OFFSET 0
   ) ORDER BY ${order}`;

const isWithin = ({ oldest, newest }: WeekBuckets): Sql =>
  sql`text.band BETWEEN ${oldest}::integer AND ${newest}::integer`;

const where = (conditions: readonly Sql[]): Sql =>
  conditions.length > 0 ? sql`WHERE ${join(conditions, ' AND ')}` : empty;
