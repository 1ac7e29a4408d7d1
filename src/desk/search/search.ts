import type { Bands } from './bands.js';
import type { Reach, TicketFilter } from '../list/ticket-filter.js';
import type { Relevance } from '../list/ticket-order.js';
import type { Page } from '../list/list-tickets.js';
import type { Question } from './search-question.js';

/** A search, its terms understood. */
export interface Search {
  reach: Reach;
  filter: TicketFilter;
  page: Page;
  /** Internal notes are searched, too. */
  internal: boolean;
  question: Question;
  /** All there are; where there are no tickets, the oldest is newer than the newest. */
  bands: Bands;
}

/** A ticket that was found; its relevance where they are in the order of that. */
export type Match = { ticket_id: string } & Partial<Relevance>;
