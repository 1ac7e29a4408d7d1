import type { WeekBuckets } from './week-buckets.js';
import type { Scope, TicketFilter } from '../list/ticket-filter.js';
import type { Relevance } from '../list/ticket-order.js';
import type { TicketPageRequest } from '../list/list-tickets.js';
import type { ParsedQuery } from './parse-search.js';

/** A search, its terms understood. */
export interface SearchRequest {
  reach: Scope;
  filter: TicketFilter;
  page: TicketPageRequest;
  /** Internal notes are searched, too. */
  internal: boolean;
  question: ParsedQuery;
  /** All there are; where there are no tickets, the oldest is newer than the newest. */
  bands: WeekBuckets;
}

/** A ticket that was found; its relevance where they are in the order of that. */
export type SearchMatch = { ticket_id: string } & Partial<Relevance>;
