import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Pool } from 'pg';
import { queryPrepared } from '../../platform/database/query-prepared.js';
import { empty, raw, shared, sql, type Sql } from '../../platform/database/sql.js';
import type { Bookmark } from '../../platform/event-store/event-store.js';
import { bookmarkIn } from '../../platform/projections/bookmark-row.js';
import { ticketColumns, ticketJson } from '../list/listed-ticket.js';
import { withinScope, type Scope } from '../list/ticket-filter.js';
import { isActive, TicketList } from '../list/ticket-list.projection.js';

/** A ticket that changed, as it is now; or one that left an establishment, with the one it is at now. */
export type TicketChanged =
  | { kind: 'ticket'; position: bigint; ticketId: string; mergedInto: string | null; json: string }
  | { kind: 'departed'; position: bigint; ticketId: string; establishment: string };

export interface TicketChangesPage {
  /** In the order of their positions. */
  changes: TicketChanged[];
  more: boolean;
  /** Everything up to here is in what is read. */
  position: bigint;
  /** No further than this has everything been told for good: beyond it a ticket waits to be made sense of, and will change late. */
  settled: bigint;
  /** The newest event of the log that is in what is read; null where it was not kept. */
  bookmark: Bookmark | null;
}

/**
 * What changed at some establishments after a position: each ticket once, as it is now, where it stands after its newest event.
 * Until a position: those that are active and have not changed since; nothing of those that are gone.
 */
export class ReadChanges extends Query<TicketChangesPage> {
  constructor(
    readonly reach: Scope,
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

  async execute(asked: ReadChanges): Promise<TicketChangesPage> {
    const rows = await queryPrepared<Row>(this.pool, selectChanges(asked));
    const [served] = rows;
    if (!served) throw new Error('the list of tickets is served as soon as the server is');
    const changes = rows.flatMap((row) => (row.ticket_id === null ? [] : [changed(row)]));
    return {
      changes: changes.slice(0, asked.limit),
      more: changes.length > asked.limit,
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

/** Those of the ticket as it is now, at the position where it left. */
const departedColumns = ticketColumns
  .replace(/\bposition\b/, 'first.left_at')
  .replaceAll(/\b(ticket_id|establishment)\b/g, 'ticket.$1');

/**
 * One statement, as everywhere: what is read and how far it goes belong together. Of a ticket that went from one of these
 * establishments to another both are read, at one position: the ticket first, so that a page that ends there loses nothing.
 */
export const selectChanges = ({
  reach,
  after,
  limit,
  activeUntil,
}: Pick<ReadChanges, 'reach' | 'after' | 'limit' | 'activeUntil'>): Sql => {
  const mine = withinScope(reach);
  const from = sql`${shared(String(after))}::bigint`;
  const most = sql`${shared(limit + 1)}::integer`;
  const stillActive =
    activeUntil === undefined
      ? empty
      : sql`AND ${raw(isActive)} AND position <= ${String(activeUntil)}::bigint`;
  const tickets = sql`
    SELECT first.*, NULL AS departed_from FROM ${mine} CROSS JOIN LATERAL (
      SELECT ${raw(ticketColumns)} FROM desk.tickets AS ticket
       WHERE ticket.establishment = mine.establishment AND position > ${from}
         ${stillActive}
       ORDER BY position LIMIT ${most}
    ) AS first`;
  // Whether it came back is seen at the ticket itself, which has changed since.
  const departed = sql`
    SELECT ${raw(departedColumns)}, first.departed_from
      FROM ${mine} CROSS JOIN LATERAL (
        SELECT departure.ticket_id AS id, departure.establishment AS departed_from, departure.position AS left_at
          FROM desk.departures AS departure
         WHERE departure.establishment = mine.establishment AND departure.position > ${from}
         ORDER BY departure.position LIMIT ${most}
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
        ORDER BY position, departed_from NULLS FIRST LIMIT ${most}
      ) AS ticket ON true
     WHERE served.name = ${name}::text
     ORDER BY ticket.position, ticket.departed_from NULLS FIRST`;
};
