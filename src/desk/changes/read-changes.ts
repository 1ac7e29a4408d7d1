import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Pool } from 'pg';
import { queryPrepared } from '../../platform/database/query-prepared.js';
import { empty, raw, shared, sql, type Sql } from '../../platform/database/sql.js';
import type { Bookmark } from '../../platform/event-store/event-store.js';
import { bookmarkIn } from '../../platform/projections/bookmark-row.js';
import { ticketColumns, ticketJson } from '../list/listed-ticket.js';
import type { Scope } from '../../access/index.js';
import { withinScope } from '../list/ticket-filter.js';
import { isActive, TicketList } from '../list/ticket-list.projection.js';

/** A ticket that changed, as it is now; or a ticket that left an establishment, with the establishment it is at now. */
export type TicketChanged =
  | { kind: 'ticket'; position: bigint; ticketId: string; mergedInto: string | null; json: string }
  | { kind: 'departed'; position: bigint; ticketId: string; establishment: string };

export interface TicketChangesPage {
  /** Ordered by position. */
  changes: TicketChanged[];
  more: boolean;
  /** The position of the served rows: every event up to here is in them. */
  position: bigint;
  /**
   * The position up to which every change is final. Beyond it a ticket has an event among the dead letters; that ticket changes
   * late, at a position that a cursor further on would have passed.
   */
  settled: bigint;
  /** The newest event of the log that is in the served rows; null where it was not kept. */
  bookmark: Bookmark | null;
}

/**
 * What changed at some establishments after a position: each ticket once, as it is now, at the position of its newest event.
 * With `activeUntil`, only active tickets that have not changed after that position, and no departures: a device that begins
 * holds nothing that it would have to forget.
 */
export class ReadChanges extends Query<TicketChangesPage> {
  constructor(
    readonly scope: Scope,
    readonly after: bigint,
    readonly limit: number,
    readonly activeUntil?: bigint,
  ) {
    super();
  }
}

interface Changed {
  ticket_id: string;
  establishment: string;
  merged_into: string | null;
  position: string;
  departed_from: string | null;
  json: string;
}
interface Served {
  served_position: string;
  settled: string;
  mark: string | null;
  mark_position: string | null;
}
type Row = Served & (Changed | { ticket_id: null });

@QueryHandler(ReadChanges)
export class ReadChangesHandler implements IQueryHandler<ReadChanges> {
  constructor(private readonly pool: Pool) {}

  async execute(query: ReadChanges): Promise<TicketChangesPage> {
    const rows = await queryPrepared<Row>(this.pool, selectChanges(query));
    const [served] = rows;
    if (!served) throw new Error('the list of tickets is served as soon as the server is');
    const changes = rows.flatMap((row) => (row.ticket_id === null ? [] : [changed(row)]));
    return {
      changes: changes.slice(0, query.limit),
      more: changes.length > query.limit,
      position: BigInt(served.served_position),
      settled: BigInt(served.settled),
      bookmark: bookmarkIn(served),
    };
  }
}

const changed = (row: Changed): TicketChanged => {
  const { ticket_id: ticketId, establishment, merged_into: mergedInto, departed_from, json } = row;
  const position = BigInt(row.position);
  return departed_from === null
    ? { kind: 'ticket', position, ticketId, mergedInto, json }
    : { kind: 'departed', position, ticketId, establishment };
};

const { name } = new TicketList();

/** The columns of the ticket as it is now, with the position at which it left in place of its own. */
const departedColumns = ticketColumns
  .replace(/\bposition\b/, 'first.left_at')
  .replaceAll(/\b(ticket_id|establishment)\b/g, 'ticket.$1');

/**
 * One statement, so that the changes and the position they are read at come from one snapshot. A ticket that moved from one of
 * these establishments to another gives both its row and its departure, at the same position: the row comes first, so that a page
 * that ends between the two loses nothing.
 */
export const selectChanges = ({
  scope,
  after,
  limit,
  activeUntil,
}: Pick<ReadChanges, 'scope' | 'after' | 'limit' | 'activeUntil'>): Sql => {
  const mine = withinScope(scope);
  const from = sql`${shared(String(after))}::bigint`;
  const maxRows = sql`${shared(limit + 1)}::integer`;
  const stillActive =
    activeUntil === undefined
      ? empty
      : sql`AND ${raw(isActive)} AND position <= ${String(activeUntil)}::bigint`;
  const tickets = sql`
    SELECT first.*, NULL AS departed_from FROM ${mine} CROSS JOIN LATERAL (
      SELECT ${raw(ticketColumns)} FROM desk.tickets AS ticket
       WHERE ticket.establishment = mine.establishment AND position > ${from}
         ${stillActive}
       ORDER BY position LIMIT ${maxRows}
    ) AS first`;
  // A ticket that came back is left out here: its own row, which has changed since, is read above.
  const departed = sql`
    SELECT ${raw(departedColumns)}, first.departed_from
      FROM ${mine} CROSS JOIN LATERAL (
        SELECT departure.ticket_id AS id, departure.establishment AS departed_from, departure.position AS left_at
          FROM desk.departures AS departure
         WHERE departure.establishment = mine.establishment AND departure.position > ${from}
         ORDER BY departure.position LIMIT ${maxRows}
      ) AS first JOIN desk.tickets AS ticket ON ticket.ticket_id = first.id AND ticket.establishment <> first.departed_from`;
  return sql`
    SELECT served.position AS served_position,
           least(served.position, (SELECT min(letter.position) - 1 FROM projections.dead_letters AS letter
                  WHERE letter.name = served.name AND letter.generation = served.generation)) AS settled,
           made.mark, made.mark_position, ticket.ticket_id, ticket.establishment, ticket.merged_into, ticket.position, ticket.departed_from, ${ticketJson} AS json
      FROM projections.served AS served
      JOIN projections.generations AS made ON made.name = served.name AND made.generation = served.generation
      LEFT JOIN (
        ${tickets} ${activeUntil === undefined ? sql`UNION ALL ${departed}` : empty}
        ORDER BY position, departed_from NULLS FIRST LIMIT ${maxRows}
      ) AS ticket ON true
     WHERE served.name = ${name}::text
     ORDER BY ticket.position, ticket.departed_from NULLS FIRST`;
};
