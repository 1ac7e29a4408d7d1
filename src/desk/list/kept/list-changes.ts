import type { Pool } from 'pg';
import { queryPrepared } from '../../../platform/database/query-prepared.js';
import { raw, shared, sql, type Sql } from '../../../platform/database/sql.js';
import { writtenInstant } from '../../../platform/database/written-instant.js';
import { servedRows } from '../../../platform/projections/status/served-rows.js';
import { everyEstablishment, type FilteredColumns } from '../ticket-filter.js';
import { TicketList } from '../ticket-list.projection.js';
import type { SortedColumns } from '../ticket-order.js';

const maxChanges = 1_000;
/** No position is beyond it. */
const lastPosition = 2n ** 63n - 1n;

/** What the rows of the list were at some moment. */
export interface ListState {
  /** Other rows than before are served, whatever their position, where this is another. */
  rows: string;
  position: bigint;
  /** How many tickets have events that could not be folded. */
  incomplete: number;
}

/** A ticket that changed, as it is now. */
export interface ListChange extends FilteredColumns, SortedColumns {
  /** The position of its newest event. */
  at: bigint;
  /** The establishments that it left. */
  left: readonly string[];
}

interface ListChanges extends ListState {
  /** The tickets whose newest event is beyond the position asked for; undefined where there are too many to tell of each. */
  changes: readonly ListChange[] | undefined;
}

const { name } = new TicketList();

const changedColumns = `ticket_id, establishment, category, priority, status, team, assignee, requester_words, watchers,
  ${writtenInstant('opened_at')} AS opened_at, position::text`;

/**
 * What the list's rows are at, and which tickets have changed beyond a position, from one snapshot. The projection writes rows and
 * position in one transaction, so that rows which are at the same position are the same.
 */
export const selectListChanges = (after: bigint): Sql => {
  const known = sql`${shared(String(after))}::bigint`;
  const limit = sql`${shared(maxChanges)}::integer + 1`;
  return sql`
  SELECT served.position, served.incomplete, ${servedRows(name)} AS rows,
         CASE WHEN served.position > ${known} THEN (
           SELECT coalesce(json_agg(changed), '[]')
             FROM (
               SELECT later.*, ARRAY(
                        SELECT departed.establishment FROM desk.departures AS departed
                         WHERE departed.ticket_id = later.ticket_id AND departed.position > ${known}) AS "left"
                 FROM (${everyEstablishment}) AS present
                CROSS JOIN LATERAL (
                  SELECT ${raw(changedColumns)} FROM desk.tickets AS ticket
                   WHERE ticket.establishment = present.establishment AND ticket.position > ${known}
                   ORDER BY ticket.position LIMIT ${limit}
                ) AS later
                LIMIT ${limit}
             ) AS changed
         ) ELSE '[]' END AS changes
    FROM projections.served AS served
   WHERE served.name = ${name}::text`;
};

interface Row {
  position: string;
  incomplete: number;
  rows: string;
  changes: Omit<ListChange, 'at'>[];
}

/** Without a position, what the rows are at, and no changes. */
export const readListChanges = async (pool: Pool, after: bigint = lastPosition): Promise<ListChanges> => {
  const [row] = await queryPrepared<Row>(pool, selectListChanges(after));
  if (!row) throw new Error('the list of tickets is served as soon as the server is');
  const { position, changes, ...state } = row;
  return {
    ...{ ...state, position: BigInt(position) },
    changes:
      changes.length > maxChanges
        ? undefined
        : changes.map((change) => ({ ...change, at: BigInt(change.position) })),
  };
};
