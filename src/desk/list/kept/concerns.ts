import type { Scope } from '../../../access/index.js';
import type { ListedPage, PageQuery } from '../list-tickets.js';
import { mayPass } from '../ticket-filter.js';
import { comesLater } from '../ticket-order.js';
import type { ListChange } from './list-changes.js';

/** What a page was read by, and what decides on whether it still is the same. */
export interface PageExtent extends Pick<ListedPage, 'following'> {
  query: PageQuery;
  /** The tickets on the page. */
  ticketIds: ReadonlySet<string>;
  /** The position at which it was read. */
  position: bigint;
}

/**
 * Whether a change may make the page another: it is about a ticket on the page, or the first of the next; or it may bring one there. A
 * ticket that neither was there nor comes there leaves the page as it is, except for its counts.
 */
export const concerns = (
  change: ListChange,
  { query, ticketIds, following, position }: PageExtent,
): boolean => {
  const { scope, filter, page } = query;
  const { after, until, sort, counts } = page;
  if (change.at <= position) return false;
  if (ticketIds.has(change.ticket_id) || following?.ticketId === change.ticket_id) return true;
  const isHere = includes(scope, change.establishment);
  if (counts && (isHere || change.left.some((establishment) => includes(scope, establishment)))) return true;
  if (!isHere || (until !== undefined && change.at > BigInt(until))) return false;
  if (following && comesLater(sort, change, following.keys)) return false;
  return mayPass(filter, change) && (!after || comesLater(sort, change, after));
};

const includes = (scope: Scope, establishment: string): boolean =>
  scope === 'all' || scope.includes(establishment);
