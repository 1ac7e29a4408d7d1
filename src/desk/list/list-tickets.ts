import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Pool } from 'pg';
import { queryPrepared } from '../../platform/database/query-prepared.js';
import { ticketColumns, ticketJson } from './listed-ticket.js';
import { join, raw, shared, sql, type Sql } from '../../platform/database/sql.js';
import type { ListedStatus } from '../ticket-change.js';
import { conditionsOf, withinScope, type Scope, type TicketFilter } from './ticket-filter.js';
import { TicketList } from './ticket-list.projection.js';
import { comesAfter, keysText, orderBy, unchangedSince, type Sort } from './ticket-order.js';

export interface TicketPage {
  /** The tickets, each a ListedTicket, as JSON with commas between them. */
  items: string;
  /** The keys of the last of them, where there is more after it. */
  last: string | undefined;
  /** Tickets the filter lets pass, by status; those on other pages too. */
  counts: Partial<Record<ListedStatus, number>> | undefined;
  /** Everything up to here is in the list, … */
  position: string;
  /** … but for what could not be read of so many tickets. */
  incomplete: number;
}

export interface TicketPageRequest {
  sort: Sort;
  /** The keys of the last ticket of the page before. */
  after?: readonly string[] | undefined;
  /** Tickets that changed beyond this position are left out. */
  until?: string | undefined;
  limit: number;
  counts: boolean;
}

/** A page of the tickets at some establishments. */
export class ListTickets extends Query<TicketPage> {
  constructor(
    readonly reach: Scope,
    readonly filter: TicketFilter,
    readonly page: TicketPageRequest,
  ) {
    super();
  }
}

interface Row {
  items: string;
  last: string | null;
  counts: Partial<Record<ListedStatus, number>> | null;
  position: string;
  incomplete: number;
}

@QueryHandler(ListTickets)
export class ListTicketsHandler implements IQueryHandler<ListTickets> {
  constructor(private readonly pool: Pool) {}

  async execute(query: ListTickets): Promise<TicketPage> {
    const [row] = await queryPrepared<Row>(this.pool, selectTicketPage(query));
    if (!row) throw new Error('the list of tickets is served as soon as the server is');
    const { items, last, counts, position, incomplete } = row;
    return {
      items,
      last: last ?? undefined,
      counts: query.page.counts ? (counts ?? {}) : undefined,
      position,
      incomplete,
    };
  }
}

const { name } = new TicketList();

/**
 * One statement, so that the tickets, their counts and the position they are known at come from one snapshot. The first of each
 * establishment are read in order from its part of an index; the page is the first of those. PostgreSQL writes its JSON: to read
 * fifty rows of twenty columns and write them anew took the thread that answers requests a millisecond of 1.6.
 */
export const selectTicketPage = ({
  reach,
  filter,
  page,
}: Pick<ListTickets, 'reach' | 'filter' | 'page'>): Sql => {
  const { sort, after, until, limit, counts } = page;
  const mine = withinScope(reach);
  const asked = [sql`ticket.establishment = mine.establishment`, ...conditionsOf(filter)];
  const next = after ? [comesAfter(sort, after), ...unchangedSince(until)] : [];
  const shown = [...asked, ...next];
  const order = orderBy(sort);
  const most = sql`${shared(limit)}::integer`;
  return sql`
    SELECT served.position, served.incomplete, page.*, ${counts ? countsOf(mine, asked) : sql`NULL`} AS counts
      FROM projections.served AS served, (
        SELECT coalesce(string_agg(item, ',' ORDER BY number) FILTER (WHERE number <= ${most}), '') AS items,
               max(keys) FILTER (WHERE number = ${most} AND listed > number) AS last
          FROM (
            SELECT ${ticketJson} AS item, ${keysText(sort)} AS keys, row_number() OVER (ORDER BY ${order}) AS number,
                   count(*) OVER () AS listed
              FROM (
                SELECT first.*
                  FROM ${mine}
                 CROSS JOIN LATERAL (
                   SELECT ${raw(ticketColumns)} FROM desk.tickets AS ticket WHERE ${join(shown, ' AND ')} ORDER BY ${order} LIMIT ${most} + 1
                 ) AS first
                 ORDER BY ${order} LIMIT ${most} + 1
              ) AS ticket
          ) AS listed
      ) AS page
     WHERE served.name = ${name}::text`;
};

const countsOf = (mine: Sql, asked: readonly Sql[]): Sql => sql`
  (SELECT jsonb_object_agg(status, count) FROM (
    SELECT status, count(*) FROM ${mine} JOIN desk.tickets AS ticket ON ${join(asked, ' AND ')} GROUP BY status
  ) AS counted)`;
