import { weekBucketQuery, type WeekBuckets } from './week-buckets.js';
import { raw, shared, sql, type Sql } from '../../platform/database/sql.js';
import { distinctConditions } from '../list/ticket-filter.js';
import type { SearchCriteria } from './search.js';

export const fromTicketTexts = raw('desk.ticket_texts AS text');
export const andTickets = raw('JOIN desk.tickets AS ticket USING (ticket_id)');

/** The words by which this search may find a ticket: with or without those of internal notes. */
export const queryWords = ({ internal }: SearchCriteria, part = 'text'): Sql =>
  raw(internal ? `coalesce(${part}.all_words, ${part}.words)` : `${part}.words`);

/** The condition that the words match a query, as a function call, for which PostgreSQL uses no index: for rows already found. */
export const matchesQuery = (search: SearchCriteria, query: Sql, part = 'text'): Sql =>
  sql`ts_match_vq(${queryWords(search, part)}, ${query})`;

/** The condition that another part of the ticket, or an earlier one, matches a query; few tickets have more than one part. */
const someOther = (search: SearchCriteria, query: Sql, before: boolean): Sql => sql`
  (text.split AND EXISTS (
    SELECT FROM desk.ticket_texts AS other
     WHERE other.ticket_id = text.ticket_id AND other.part ${raw(before ? '<' : '<>')} text.part AND ${matchesQuery(search, query, 'other')}))`;

/** The condition that no earlier part of the ticket matches, so that a ticket is found once. */
export const isFirst = (search: SearchCriteria, query: Sql): Sql =>
  sql`NOT ${someOther(search, query, true)}`;

/** The condition that no part of the ticket matches a query. */
export const fitsNowhere = (search: SearchCriteria, query: Sql): Sql =>
  sql`NOT ${matchesQuery(search, query)} AND NOT ${someOther(search, query, false)}`;

/** The condition that the words match a query, by the index over all words. */
export const isFound = ({ internal }: SearchCriteria, query: Sql): Sql =>
  internal
    ? sql`(text.all_words @@ ${query} OR (text.all_words IS NULL AND text.words @@ ${query}))`
    : sql`text.words @@ ${query}`;

/** The same in few weeks, by the index over the words of each week. */
export const isFoundIn = (search: SearchCriteria, query: string, weeks: WeekBuckets): Sql => {
  const banded = shared(weekBucketQuery(query, weeks));
  const has = (words: string) => sql`search.in_band(text.band, text.${raw(words)}) @@ ${banded}::tsquery`;
  return search.internal ? sql`(${has('all_words')} OR ${has('words')})` : has('words');
};

/** The conditions that a ticket is in the scope and passes the filter. */
export const scopeAndFilter = ({ scope, filter }: SearchCriteria): Sql[] => [
  ...(scope === 'all' ? [] : [sql`ticket.establishment = ANY(${scope}::text[])`]),
  ...distinctConditions(filter),
];
