import { askedOf, type WeekBuckets } from './week-buckets.js';
import { raw, shared, sql, type Sql } from '../../platform/database/sql.js';
import { conditionsOnce } from '../list/ticket-filter.js';
import type { SearchRequest } from './search.js';

export const ticketTexts = raw('desk.ticket_texts AS text');
export const andTickets = raw('JOIN desk.tickets AS ticket USING (ticket_id)');

/** The words that whoever asks may find a ticket by. */
export const queryWords = ({ internal }: SearchRequest, part = 'text'): Sql =>
  raw(internal ? `coalesce(${part}.all_words, ${part}.words)` : `${part}.words`);

/** That they fit a query, of tickets that are at hand: no index is looked into for it. */
export const matchesQuery = (search: SearchRequest, query: Sql, part = 'text'): Sql =>
  sql`ts_match_vq(${queryWords(search, part)}, ${query})`;

/** That some part of the ticket does, or does before this one; few tickets have more than one. */
const someOther = (search: SearchRequest, query: Sql, before: boolean): Sql => sql`
  (text.split AND EXISTS (
    SELECT FROM desk.ticket_texts AS other
     WHERE other.ticket_id = text.ticket_id AND other.part ${raw(before ? '<' : '<>')} text.part AND ${matchesQuery(search, query, 'other')}))`;

/** That a ticket is not found twice: by its first part that fits. */
export const isFirst = (search: SearchRequest, query: Sql): Sql => sql`NOT ${someOther(search, query, true)}`;

/** That no part of the ticket fits. */
export const fitsNowhere = (search: SearchRequest, query: Sql): Sql =>
  sql`NOT ${matchesQuery(search, query)} AND NOT ${someOther(search, query, false)}`;

/** That they fit a query, by the index over all words. */
export const isFound = ({ internal }: SearchRequest, query: Sql): Sql =>
  internal
    ? sql`(text.all_words @@ ${query} OR (text.all_words IS NULL AND text.words @@ ${query}))`
    : sql`text.words @@ ${query}`;

/** The same in few bands, by the index over the words of each. */
export const isFoundIn = (search: SearchRequest, query: string, bands: WeekBuckets): Sql => {
  const banded = shared(askedOf(query, bands));
  const has = (words: string) => sql`desk.in_band(text.band, text.${raw(words)}) @@ ${banded}::tsquery`;
  return search.internal ? sql`(${has('all_words')} OR ${has('words')})` : has('words');
};

/** That whoever asks may read a ticket, and asks for such. */
export const isAskedFor = ({ reach, filter }: SearchRequest): Sql[] => [
  ...(reach === 'all' ? [] : [sql`ticket.establishment = ANY(${reach}::text[])`]),
  ...conditionsOnce(filter),
];
