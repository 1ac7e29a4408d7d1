import type { SnapshotReader } from '../../platform/database/snapshot.js';
import { Parameters } from '../list/parameters.js';
import type { ListedStatus } from '../ticket-change.js';
import { comesAfter, orderBy, unchangedSince } from '../list/ticket-order.js';
import { firstByAge } from './first-by-age.js';
import { firstByRelevance } from './first-by-relevance.js';
import { andTickets, isAskedFor, isFirst, isFound, textParameters } from './search-conditions.js';
import type { SearchMatch, SearchRequest } from './search.js';

/** The first matches of a page, and one more where there is one. */
export const firstMatches = (client: SnapshotReader, search: SearchRequest): Promise<SearchMatch[]> => {
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
const firstOfAll = async (client: SnapshotReader, search: SearchRequest): Promise<SearchMatch[]> => {
  const { sort, after, until, limit } = search.page;
  const parameters = new Parameters();
  const conditions = [
    ...allAskedFor(search, parameters),
    ...(after ? [comesAfter(sort, after, parameters), ...unchangedSince(until, parameters)] : []),
  ];
  const { rows } = await client.query<SearchMatch>(
    `SELECT ticket_id FROM ${textParameters} ${andTickets} WHERE ${conditions.join(' AND ')}
      ORDER BY ${orderBy(sort)} LIMIT ${parameters.add(limit + 1, 'integer')}`,
    parameters.values,
  );
  return rows;
};

/** How many of each status there are, on whatever page. */
export const countMatches = async (
  client: SnapshotReader,
  search: SearchRequest,
): Promise<Partial<Record<ListedStatus, number>>> => {
  const parameters = new Parameters();
  const conditions = allAskedFor(search, parameters);
  const { rows } = await client.query<{ status: ListedStatus; count: number }>(
    `SELECT status, count(*)::integer AS count FROM ${textParameters} ${andTickets} WHERE ${conditions.join(' AND ')} GROUP BY status`,
    parameters.values,
  );
  return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
};

const allAskedFor = (search: SearchRequest, parameters: Parameters): string[] => {
  const words = parameters.add(search.question.wide, 'tsquery');
  return [isFound(search, words), isFirst(search, words), ...isAskedFor(search, parameters)];
};
