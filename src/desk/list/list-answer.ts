import { type ShownTicket, shownTickets } from '../../access/index.js';
import { writeCursor } from '../../platform/http/paging.js';
import { statuses } from '../../tickets/index.js';
import type { FoundTickets } from '../search/search-tickets.js';
import type { ListAnswer } from './list.view.js';
import type { TicketPage, TicketPageRequest } from './list-tickets.js';
import { isMovedByChanges } from './ticket-order.js';

/** A page as it is answered. */
export interface PageAnswer {
  /** JSON in UTF-8. */
  body: Buffer;
  /** How many bytes of it, from the first on, are the items. */
  itemsLength: number;
  nextCursor: string | null;
  /** Those that the answer shows. */
  tickets: readonly ShownTicket[];
}

type Order = Pick<TicketPageRequest, 'sort' | 'until'>;
type Beside = Omit<TicketPage, 'items'> & Partial<Pick<FoundTickets, 'highlights'>>;

export const answerOf = (
  { items, ...beside }: Beside & Pick<TicketPage, 'items'>,
  order: Order,
): PageAnswer => {
  const first = `{"items":[${items}],`;
  const { rest, nextCursor } = restOf(beside, order);
  const text = first + rest;
  // Ids that were cut out of the text would keep all of it in memory.
  const tickets = structuredClone(shownTickets(text, 'named'));
  return { body: Buffer.from(text), itemsLength: Buffer.byteLength(first), nextCursor, tickets };
};

/** The answer with the same items, and what else is known now. */
export const answerWithSameItems = (
  { body, itemsLength, tickets }: PageAnswer,
  beside: Beside,
  order: Order,
): PageAnswer => {
  const { rest, nextCursor } = restOf(beside, order);
  const parts = [body.subarray(0, itemsLength), Buffer.from(rest)];
  return { body: Buffer.concat(parts), itemsLength, nextCursor, tickets };
};

/** What follows the items: the other members, as text. */
const restOf = (
  { last, counts, position, incomplete, highlights }: Beside,
  { sort, until: told }: Order,
): { rest: string; nextCursor: string | null } => {
  const until = isMovedByChanges(sort) ? (told ?? position) : undefined;
  const nextCursor =
    last === undefined ? null : writeCursor({ sort, after: last, ...(until === undefined ? {} : { until }) });
  const members: Omit<ListAnswer, 'items'> = {
    nextCursor,
    position,
    ...(highlights ? { highlights } : {}),
    ...(counts ? { counts: everyStatus(counts) } : {}),
    ...(incomplete > 0 ? { incomplete } : {}),
  };
  return { rest: JSON.stringify(members).slice(1), nextCursor };
};

const everyStatus = (counts: ListAnswer['counts'] | Partial<ListAnswer['counts']>): ListAnswer['counts'] =>
  Object.fromEntries(statuses.map((status) => [status, counts?.[status] ?? 0])) as ListAnswer['counts'];
