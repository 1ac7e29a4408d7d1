import { sql, type Sql } from '../../platform/database/sql.js';
import type { Selection } from '../report.js';
import { chosenTickets, type Known, type Narrowing } from './chosen-tickets.js';

export interface ReportTicketsPage {
  after: bigint;
  limit: number;
}

/** A page of the tickets behind a report, by the positions they are counted for, and one more, which shows that there is a next page. */
export const selectReportTickets = (
  selection: Selection,
  known: Known,
  narrowing: Narrowing,
  { after, limit }: ReportTicketsPage,
): Sql => sql`
  WITH chosen AS MATERIALIZED (${chosenTickets(selection, known, { narrowing, withNames: true })}
  )
  SELECT ticket_id, position, establishment, team, category, opened_at, began_at, ended_at, duration
    FROM chosen
   WHERE position > ${String(after)}::bigint
   ORDER BY position
   LIMIT ${limit + 1}`;
