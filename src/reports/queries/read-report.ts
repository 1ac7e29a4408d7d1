import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Pool } from 'pg';
import { queryWithDeadline } from '../../platform/database/query-with-deadline.js';
import { instant, type Instant } from '../../shared/instant.js';
import type { Grouping, Measures, Report, Selection } from '../report.js';
import type { Narrowing } from '../sql/chosen-tickets.js';
import { selectReport, type Level, type ReportRow } from '../sql/select-report.js';
import { KnownOfReports, type KnownAt } from './known-of-reports.js';

/** What a report says of all tickets, of a group of them, or of those of a day. */
export interface ReportSums extends Measures {
  /** null: everything, or the tickets without a team. */
  key: string | null;
  /** Openings of the same days, in a report of resolutions. */
  opened: number;
}

export interface ReadReportAnswer {
  total: ReportSums;
  groups: ReportSums[];
  days: ReportSums[];
  position: string;
  knownAt: Instant;
  incomplete: number;
}

/** A report, divided by one thing or not at all. */
export class ReadReport extends Query<ReadReportAnswer> {
  constructor(
    readonly selection: Selection,
    readonly known: KnownAt,
    readonly by: Grouping | undefined,
    readonly narrowing: Narrowing = {},
  ) {
    super();
  }
}

@QueryHandler(ReadReport)
export class ReadReportHandler implements IQueryHandler<ReadReport> {
  constructor(
    private readonly pool: Pool,
    private readonly known: KnownOfReports,
  ) {}

  async execute({ selection, known, by, narrowing }: ReadReport): Promise<ReadReportAnswer> {
    const ends = this.known.endsOf(selection.to);
    const rows = await queryWithDeadline<ReportRow>(
      this.pool,
      selectReport(selection, { ...known, ends }, by, narrowing),
    );
    const [header] = rows;
    if (!header) throw new Error('reports are served as soon as the server is');
    const { incomplete } = header;
    return {
      total: sumsAt(rows, 'total', selection.report)[0] ?? none(null),
      groups: sumsAt(rows, 'group', selection.report),
      days: sumsAt(rows, 'day', selection.report),
      position: String(known.position ?? header.position),
      knownAt: known.position === undefined && header.recorded_at ? instant(header.recorded_at) : known.at,
      incomplete,
    };
  }
}

const none = (key: string | null): ReportSums => ({
  ...{ key, opened: 0, tickets: 0, timed: 0, medianSeconds: null, p90Seconds: null },
  byAge: { lt1d: 0, d1to3: 0, d3to7: 0, gt7d: 0 },
});

/** The sums of a level in the order of their keys; those without a team come last. */
const sumsAt = (rows: readonly ReportRow[], level: Level, report: Report): ReportSums[] => {
  const found = new Map<string | null, ReportSums>();
  for (const row of rows) {
    if (row.level !== level) continue;
    const known = found.get(row.key) ?? none(row.key);
    found.set(
      row.key,
      row.report === report ? { ...known, ...measuresOf(row) } : { ...known, opened: row.tickets },
    );
  }
  return [...found.values()].sort(byKey);
};

const byKey = ({ key: a }: ReportSums, { key: b }: ReportSums): number => {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return a < b ? -1 : 1;
};

const measuresOf = ({ tickets, timed, percentiles, d1, d3, d7 }: ReportRow): Measures => ({
  ...{ tickets, timed },
  medianSeconds: secondsOf(percentiles?.[0]),
  p90Seconds: secondsOf(percentiles?.[1]),
  byAge: { lt1d: timed - d1, d1to3: d1 - d3, d3to7: d3 - d7, gt7d: d7 },
});

export const secondsOf = (milliseconds: string | null | undefined): number | null =>
  milliseconds === null || milliseconds === undefined ? null : Number(milliseconds) / 1_000;
