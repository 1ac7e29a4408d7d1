import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Pool } from 'pg';
import { queryWithDeadline } from '../../platform/database/query-with-deadline.js';
import { instant, type Instant } from '../../shared/instant.js';
import type { Category } from '../../shared/vocabulary.js';
import type { Selection } from '../report.js';
import type { Narrowing } from '../sql/chosen-tickets.js';
import { selectReportTickets, type ReportTicketsPage } from '../sql/select-report-tickets.js';
import { KnownOfReports, type KnownAt } from './known-of-reports.js';
import { secondsOf } from './read-report.js';

/** A ticket that a report counts. */
export interface ReportedTicket {
  ticketId: string;
  /** That of the event it is counted for. */
  position: string;
  establishment: string;
  team: string | null;
  category: Category;
  openedAt: Instant;
  /** When the duration begins and ends; null where the end has not come. */
  beganAt: Instant;
  endedAt: Instant | null;
  seconds: number | null;
}

/** The tickets behind a report, or behind one of its groups. */
export class ReadReportTickets extends Query<{ items: ReportedTicket[]; more: boolean }> {
  constructor(
    readonly selection: Selection,
    readonly known: KnownAt,
    readonly narrowing: Narrowing,
    readonly page: ReportTicketsPage,
  ) {
    super();
  }
}

interface Row {
  ticket_id: string;
  position: string;
  establishment: string;
  team: string | null;
  category: Category;
  opened_at: Date;
  began_at: Date;
  ended_at: Date | null;
  duration: string | null;
}

@QueryHandler(ReadReportTickets)
export class ReadReportTicketsHandler implements IQueryHandler<ReadReportTickets> {
  constructor(
    private readonly pool: Pool,
    private readonly known: KnownOfReports,
  ) {}

  async execute({ selection, known, narrowing, page }: ReadReportTickets) {
    const ends = this.known.endsOf(selection.to);
    const rows = await queryWithDeadline<Row>(
      this.pool,
      selectReportTickets(selection, { ...known, ends }, narrowing, page),
    );
    return { items: rows.slice(0, page.limit).map(ticketOf), more: rows.length > page.limit };
  }
}

const ticketOf = (row: Row): ReportedTicket => ({
  ticketId: row.ticket_id,
  position: row.position,
  establishment: row.establishment,
  team: row.team,
  category: row.category,
  openedAt: instant(row.opened_at),
  beganAt: instant(row.began_at),
  endedAt: row.ended_at && instant(row.ended_at),
  seconds: secondsOf(row.duration),
});
