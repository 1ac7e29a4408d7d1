import type { SnapshotReader } from '../../platform/database/snapshot.js';
import { weekOf, type WeekBuckets } from './week-buckets.js';
import { empty, join, raw, shared, sql, type Sql } from '../../platform/database/sql.js';
import { comesAfter, orderBy } from '../list/ticket-order.js';
import type { WeekStep } from './from-week-to-week.js';
import {
  andTickets,
  matchesQuery,
  fitsNowhere,
  isAskedFor,
  isFirst,
  isFound,
  isFoundIn,
  ticketTexts,
  queryWords,
} from './search-conditions.js';
import type { SearchRequest } from './search.js';

/** So many are read one by one sooner than it takes to find as many that have the words, and ask of each whether it's one of them. */
const maxTicketsToScan = 5_000;

/** Where to look: the bands that anything asked for may be in, and how many of them at first. */
export const planScan = async (
  client: SnapshotReader,
  search: SearchRequest,
): Promise<WeekBuckets & { begin: number }> => {
  const { oldest, newest } = search.bands;
  const { openedFrom, openedBefore } = search.filter;
  return {
    oldest: openedFrom ? Math.max(oldest, weekOf(openedFrom)) : oldest,
    newest: openedBefore ? Math.min(newest, weekOf(openedBefore)) : newest,
    begin: (await areFew(client, search)) ? Infinity : 1,
  };
};

/** How many tickets PostgreSQL thinks are asked for, whatever their words; something must be. */
export const selectPlannedRows = (search: SearchRequest): Sql =>
  sql`EXPLAIN (FORMAT JSON) SELECT FROM desk.tickets AS ticket WHERE ${join(isAskedFor(search), ' AND ')}`;

/** Whether, as far as PostgreSQL knows, few tickets are asked for, whatever their words. */
const areFew = async (client: SnapshotReader, search: SearchRequest): Promise<boolean> => {
  if (isAskedFor(search).length === 0) return false;
  const [plan] = await client.read<{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }>(
    selectPlannedRows(search),
  );
  return plan !== undefined && plan['QUERY PLAN'][0].Plan['Plan Rows'] < maxTicketsToScan;
};

export interface Wanted {
  query: string;
  /** Not what has this: it was found before. */
  except?: string;
  /** What the order needs of each, made of its `opened`, `band` and `rank`. */
  keys: string;
}

/**
 * The first matches of a step. In few bands, all that have the words are found and put in order first, and then looked up in the
 * list until enough of them are asked for; where all are looked at, PostgreSQL may begin with either. `OFFSET 0` keeps it to that:
 * it has no idea of how many tickets of a band have a word.
 */
export const selectFirst = (
  search: SearchRequest,
  { bands, rest, most }: WeekStep,
  { query, except, keys }: Wanted,
): Sql => {
  const { sort, after } = search.page;
  const words = sql`${shared(query)}::tsquery`;
  const conditions = rest
    ? [isFound(search, words), isWithin(bands)]
    : [isFoundIn(search, query, bands), matchesQuery(search, words)];
  conditions.push(isFirst(search, words));
  if (except !== undefined) conditions.push(fitsNowhere(search, sql`${shared(except)}::tsquery`));
  const found = sql`
    SELECT ticket_id, ${raw(keys)} FROM (
      SELECT ticket_id, opened, band, ts_rank(${queryWords(search)}, ${words})::float8 AS rank
        FROM ${ticketTexts} ${where(conditions)} ${raw(rest ? '' : 'OFFSET 0')}
    ) AS text`;
  const asked = isAskedFor(search);
  const order = orderBy(sort, 'exact');
  const next = sql`${where(after ? [comesAfter(sort, after)] : [])} ORDER BY ${order}`;
  const first = rest ? askedForFirst(found, asked, next) : foundFirst(found, asked, { next, order });
  return sql`${first} LIMIT ${most}::integer`;
};

const askedForFirst = (found: Sql, asked: readonly Sql[], next: Sql): Sql =>
  sql`SELECT * FROM (${found} ${andTickets} ${where(asked)} OFFSET 0) AS found ${next}`;

const foundFirst = (
  found: Sql,
  asked: readonly Sql[],
  { next, order }: { next: Sql; order: Sql },
): Sql => sql`
  SELECT * FROM (SELECT * FROM (${found}) AS found ${next} OFFSET 0) AS found
   WHERE EXISTS (
     SELECT FROM desk.tickets AS ticket ${where([sql`ticket.ticket_id = found.ticket_id`, ...asked])} OFFSET 0
   ) ORDER BY ${order}`;

const isWithin = ({ oldest, newest }: WeekBuckets): Sql =>
  sql`text.band BETWEEN ${oldest}::integer AND ${newest}::integer`;

const where = (conditions: readonly Sql[]): Sql =>
  conditions.length > 0 ? sql`WHERE ${join(conditions, ' AND ')}` : empty;
