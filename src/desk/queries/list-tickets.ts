import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import { queryPrepared } from '../../platform/database/prepared.js';
import type { TicketRow } from '../listed-ticket.js';
import { ticketColumns } from '../listed-ticket.js';
import { Parameters } from '../parameters.js';
import type { Status } from '../ticket-change.js';
import { conditionsOf, reached, type Reach, type TicketFilter } from '../ticket-filter.js';
import { TicketList } from '../ticket-list.projection.js';
import { comesAfter, orderBy, type Sort } from '../ticket-order.js';

export interface TicketPage {
  rows: TicketRow[];
  /** There is more after these. */
  more: boolean;
  /** Tickets the filter lets pass, by status; those on other pages too. */
  counts: Partial<Record<Status, number>> | undefined;
  /** Everything up to here is in the list, … */
  position: string;
  /** … but for what could not be read of so many tickets. */
  incomplete: number;
}

export interface Page {
  sort: Sort;
  /** The keys of the last ticket of the page before. */
  after?: readonly string[] | undefined;
  limit: number;
  counts: boolean;
}

/** A page of the tickets at some establishments. */
export class ListTickets extends Query<TicketPage> {
  constructor(
    readonly reach: Reach,
    readonly filter: TicketFilter,
    readonly page: Page,
  ) {
    super();
  }
}

interface Served {
  served_position: string;
  incomplete: number;
  counts: Partial<Record<Status, number>> | null;
}
/** Where no ticket is listed, one row of what is served alone. */
type Row = Served & (TicketRow | { ticket_id: null });

@QueryHandler(ListTickets)
export class ListTicketsHandler implements IQueryHandler<ListTickets> {
  private readonly projection = new TicketList();

  constructor(private readonly database: DataSource) {}

  async execute({ reach, filter, page }: ListTickets): Promise<TicketPage> {
    const parameters = new Parameters();
    const text = statement(this.projection.name, reach, filter, page, parameters);
    const rows = await queryPrepared<Row>(this.database, text, parameters.values);
    const [served] = rows;
    if (!served) throw new Error('the list of tickets is served as soon as the server is');
    const tickets = rows.filter((row): row is Row & TicketRow => row.ticket_id !== null);
    return {
      rows: tickets.slice(0, page.limit),
      more: tickets.length > page.limit,
      counts: page.counts ? (served.counts ?? {}) : undefined,
      position: served.served_position,
      incomplete: served.incomplete,
    };
  }
}

/**
 * One statement, so that the tickets, their counts and the position they are known at come from one snapshot. The first of each
 * establishment are read in order from its part of an index; the page is the first of those.
 */
const statement = (
  name: string,
  reach: Reach,
  filter: TicketFilter,
  { sort, after, limit, counts }: Page,
  parameters: Parameters,
): string => {
  const mine = reached(reach, parameters);
  const asked = ['ticket.establishment = mine.establishment', ...conditionsOf(filter, parameters)];
  const shown = after ? [...asked, comesAfter(sort, after, parameters)] : asked;
  const order = orderBy(sort);
  const most = parameters.add(limit + 1, 'integer');
  return `
    SELECT served.position AS served_position, served.incomplete, listed.*,
           ${counts ? countsOf(mine, asked) : 'NULL'} AS counts
      FROM projections.served AS served
      LEFT JOIN (
        SELECT first.*
          FROM ${mine}
         CROSS JOIN LATERAL (
           SELECT ${ticketColumns} FROM desk.tickets AS ticket WHERE ${shown.join(' AND ')} ORDER BY ${order} LIMIT ${most}
         ) AS first
         ORDER BY ${order} LIMIT ${most}
      ) AS listed ON true
     WHERE served.name = ${parameters.add(name, 'text')}
     ORDER BY ${order.replaceAll(/(\w+) (ASC|DESC)/g, 'listed.$1 $2')}`;
};

const countsOf = (mine: string, asked: readonly string[]): string => `
  (SELECT jsonb_object_agg(status, count) FROM (
    SELECT status, count(*) FROM ${mine} JOIN desk.tickets AS ticket ON ${asked.join(' AND ')} GROUP BY status
  ) AS counted)`;
