import type { SnapshotReader } from '../../platform/database/snapshot.js';
import { weekOf, type WeekBuckets } from './week-buckets.js';
import { Parameters } from '../list/parameters.js';
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
  textParameters,
  queryWords,
} from './search-conditions.js';
import type { SearchMatch, SearchRequest } from './search.js';

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

/** Whether, as far as PostgreSQL knows, few tickets are asked for, whatever their words. */
const areFew = async (client: SnapshotReader, search: SearchRequest): Promise<boolean> => {
  const parameters = new Parameters();
  const asked = isAskedFor(search, parameters);
  if (asked.length === 0) return false;
  const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }>(
    `EXPLAIN (FORMAT JSON) SELECT FROM desk.tickets AS ticket WHERE ${asked.join(' AND ')}`,
    parameters.values,
  );
  const [plan] = rows;
  return plan !== undefined && plan['QUERY PLAN'][0].Plan['Plan Rows'] < maxTicketsToScan;
};

interface Wanted {
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
export const scanFirst = async (
  client: SnapshotReader,
  search: SearchRequest,
  { bands, rest, most }: WeekStep,
  { query, except, keys }: Wanted,
): Promise<SearchMatch[]> => {
  const { sort, after } = search.page;
  const parameters = new Parameters();
  const words = parameters.add(query, 'tsquery');
  const conditions = rest
    ? [isFound(search, words), isWithin(bands, parameters)]
    : [isFoundIn(search, query, bands, parameters), matchesQuery(search, words)];
  conditions.push(isFirst(search, words));
  if (except !== undefined) conditions.push(fitsNowhere(search, parameters.add(except, 'tsquery')));
  const found = `
    SELECT ticket_id, ${keys} FROM (
      SELECT ticket_id, opened, band, ts_rank(${queryWords(search)}, ${words})::float8 AS rank
        FROM ${textParameters} ${where(conditions)} ${rest ? '' : 'OFFSET 0'}
    ) AS text`;
  const asked = isAskedFor(search, parameters);
  const order = orderBy(sort, 'exact');
  const next = `${where(after ? [comesAfter(sort, after, parameters)] : [])} ORDER BY ${order}`;
  const { rows } = await client.query<SearchMatch>(
    `${rest ? askedForFirst(found, asked, next) : foundFirst(found, asked, next, order)} LIMIT ${parameters.add(most, 'integer')}`,
    parameters.values,
  );
  return rows;
};

const askedForFirst = (found: string, asked: readonly string[], next: string): string =>
  `SELECT * FROM (${found} ${andTickets} ${where(asked)} OFFSET 0) AS found ${next}`;

const foundFirst = (found: string, asked: readonly string[], next: string, order: string): string => `
  SELECT * FROM (SELECT * FROM (${found}) AS found ${next} OFFSET 0) AS found
   WHERE EXISTS (
     SELECT FROM desk.tickets AS ticket ${where(['ticket.ticket_id = found.ticket_id', ...asked])} OFFSET 0
   ) ORDER BY ${order}`;

const isWithin = ({ oldest, newest }: WeekBuckets, parameters: Parameters): string =>
  `text.band BETWEEN ${parameters.add(oldest, 'integer')} AND ${parameters.add(newest, 'integer')}`;

const where = (conditions: readonly string[]): string =>
  conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';
