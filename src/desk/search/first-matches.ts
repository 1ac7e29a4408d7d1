import type { SnapshotReader } from '../../platform/database/snapshot.js';
import { join, shared, sql, type Sql } from '../../platform/database/sql.js';
import type { ListedStatus } from '../ticket-change.js';
import { comesAfter, orderBy, unchangedSince } from '../list/ticket-order.js';
import { firstByAge } from './first-by-age.js';
import { firstByRelevance } from './first-by-relevance.js';
import { andTickets, scopeAndFilter, isFirst, isFound, fromTicketTexts } from './search-conditions.js';
import type { SearchCriteria, SearchMatch, SearchRequest } from './search.js';

/** The matches of a page, and one more where there is a next page. */
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
      return client.read<SearchMatch>(selectFirstOfAll(search));
  }
};

/** The first matches in the orders by priority and by change, for which the weeks of opening say nothing. */
export const selectFirstOfAll = (search: SearchRequest): Sql => {
  const { sort, after, until, limit } = search.page;
  const next = after ? [comesAfter(sort, after), ...unchangedSince(until)] : [];
  return sql`
    SELECT ticket_id FROM ${fromTicketTexts} ${andTickets} WHERE ${join([...allAskedFor(search), ...next], ' AND ')}
     ORDER BY ${orderBy(sort)} LIMIT ${limit + 1}::integer`;
};

/** How many matches of all pages there are, by status. */
export const countMatches = async (
  client: SnapshotReader,
  search: SearchCriteria,
): Promise<Partial<Record<ListedStatus, number>>> => {
  const rows = await client.read<{ status: ListedStatus; count: number }>(selectMatchCounts(search));
  return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
};

export const selectMatchCounts = (search: SearchCriteria): Sql => sql`
  SELECT status, count(*)::integer AS count FROM ${fromTicketTexts} ${andTickets}
   WHERE ${join(allAskedFor(search), ' AND ')} GROUP BY status`;

const allAskedFor = (search: SearchCriteria): Sql[] => {
  const words = sql`${shared(search.question.wide)}::tsquery`;
  return [isFound(search, words), isFirst(search, words), ...scopeAndFilter(search)];
};
