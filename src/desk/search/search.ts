import type { WeekBuckets } from './week-buckets.js';
import type { Scope } from '../../access/index.js';
import type { TicketFilter } from '../list/ticket-filter.js';
import type { Relevance } from '../list/ticket-order.js';
import type { TicketPageRequest } from '../list/list-tickets.js';
import type { ParsedQuery } from './parse-search.js';

/** Which tickets a search finds, in whatever order. */
export interface SearchCriteria {
  scope: Scope;
  filter: TicketFilter;
  /** Internal notes are searched, too. */
  internal: boolean;
  question: ParsedQuery;
}

/** A search with its parsed terms. */
export interface SearchRequest extends SearchCriteria {
  page: TicketPageRequest;
  /** The weeks that have tickets; where there are no tickets, the oldest is greater than the newest. */
  weeks: WeekBuckets;
}

/** A found ticket, with its relevance where matches are sorted by it. */
export type SearchMatch = { ticket_id: string } & Partial<Relevance>;
