import type { WeekBuckets } from './week-buckets.js';
import type { Scope, TicketFilter } from '../list/ticket-filter.js';
import type { Relevance } from '../list/ticket-order.js';
import type { TicketPageRequest } from '../list/list-tickets.js';
import type { ParsedQuery } from './parse-search.js';

/** A search with its parsed terms. */
export interface SearchRequest {
  scope: Scope;
  filter: TicketFilter;
  page: TicketPageRequest;
  /** Internal notes are searched, too. */
  internal: boolean;
  question: ParsedQuery;
  /** The weeks that have tickets; where there are no tickets, the oldest is greater than the newest. */
  weeks: WeekBuckets;
}

/** A found ticket, with its relevance where matches are sorted by it. */
export type SearchMatch = { ticket_id: string } & Partial<Relevance>;
