import type { Reader } from '../../platform/database/one-snapshot.js';
import { Parameters } from '../list/parameters.js';
import type { Status } from '../ticket-change.js';
import { comesAfter, orderBy, unchangedSince } from '../list/ticket-order.js';
import { firstByAge } from './first-by-age.js';
import { firstByRelevance } from './first-by-relevance.js';
import { andTickets, isAskedFor, isFirst, isFound, texts } from './search-conditions.js';
import type { Match, Search } from './search.js';

/** The first matches of a page, and one more where there is one. */
export const firstMatches = (client: Reader, search: Search): Promise<Match[]> => {
  switch (search.page.sort) {
    case 'relevance':
      return firstByRelevance(client, search);
    case 'age':
    case '-age':
      return firstByAge(client, search);
    case 'priority':
    case '-priority':
    case 'updated':
    case '-updated':
      return firstOfAll(client, search);
  }
};

/** Bands tell nothing of these orders. */
const firstOfAll = async (client: Reader, search: Search): Promise<Match[]> => {
  const { sort, after, until, limit } = search.page;
  const parameters = new Parameters();
  const conditions = [
    ...allAskedFor(search, parameters),
    ...(after ? [comesAfter(sort, after, parameters), ...unchangedSince(until, parameters)] : []),
  ];
  const { rows } = await client.query<Match>(
    `SELECT ticket_id FROM ${texts} ${andTickets} WHERE ${conditions.join(' AND ')}
      ORDER BY ${orderBy(sort)} LIMIT ${parameters.add(limit + 1, 'integer')}`,
    parameters.values,
  );
  return rows;
};

/** How many of each status there are, on whatever page. */
export const countMatches = async (
  client: Reader,
  search: Search,
): Promise<Partial<Record<Status, number>>> => {
  const parameters = new Parameters();
  const conditions = allAskedFor(search, parameters);
  const { rows } = await client.query<{ status: Status; count: number }>(
    `SELECT status, count(*)::integer AS count FROM ${texts} ${andTickets} WHERE ${conditions.join(' AND ')} GROUP BY status`,
    parameters.values,
  );
  return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
};

const allAskedFor = (search: Search, parameters: Parameters): string[] => {
  const words = parameters.add(search.question.wide, 'tsquery');
  return [isFound(search, words), isFirst(search, words), ...isAskedFor(search, parameters)];
};
