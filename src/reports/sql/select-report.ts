import { empty, join, raw, sql, type Sql } from '../../platform/database/sql.js';
import { ReportedTickets } from '../projections/reported-tickets.projection.js';
import type { Grouping, Report, Selection } from '../report.js';
import {
  ageBounds,
  chosenTickets,
  millisecondsPerDay,
  type Known,
  type Narrowing,
} from './chosen-tickets.js';

/** What a row sums up: everything, a group, or a day. */
export type Level = 'total' | 'group' | 'day';

/** A row of a report; `report` tells the openings of the report of resolutions from the resolutions. */
export interface ReportRow {
  position: string;
  recorded_at: Date | null;
  incomplete: number;
  report: Report;
  level: Level;
  key: string | null;
  tickets: number;
  timed: number;
  /** The median and the 90th percentile in milliseconds; null where there is no duration. */
  percentiles: [string, string] | null;
  d1: number;
  d3: number;
  d7: number;
}

const { name } = new ReportedTickets();

const keys: Record<Grouping, Sql> = {
  ...{ team: sql`team`, category: sql`category`, establishment: sql`establishment`, day: sql`day::text` },
};

const olderThan = (days: number): Sql =>
  raw(`count(*) FILTER (WHERE duration >= ${days * millisecondsPerDay})::integer`);

/** `percentile_disc` is the nearest rank: the smallest duration that at least this part of the durations does not exceed. */
const sums = (
  selection: Selection,
  known: Known,
  by: Grouping | undefined,
  { narrowing, perDay }: { narrowing: Narrowing; perDay: boolean },
): Sql => {
  const withNames = by === 'team' || by === 'category';
  const sets = [
    sql`SELECT 'total' AS level, NULL AS key, ${measures} FROM chosen`,
    ...(by ? [sql`SELECT 'group', ${keys[by]}, ${measures} FROM chosen GROUP BY 2`] : []),
    ...(perDay ? [sql`SELECT 'day', day::text, ${measures} FROM chosen GROUP BY 2`] : []),
  ];
  return sql`
    SELECT ${raw(`'${selection.report}'`)} AS report, level, key, tickets, timed, percentiles, d1, d3, d7
      FROM (
        WITH chosen AS MATERIALIZED (${chosenTickets(selection, known, { narrowing, withNames })})
        ${join(sets, ' UNION ALL ')}
      ) AS summed`;
};

const measures = sql`count(*)::integer AS tickets, count(duration)::integer AS timed,
               percentile_disc(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY duration) AS percentiles,
               ${olderThan(ageBounds.d1to3)} AS d1, ${olderThan(ageBounds.d3to7)} AS d3, ${olderThan(ageBounds.gt7d)} AS d7`;

/**
 * A report: its total, its groups and its days in one statement, so that they and the position they are known at come from one
 * snapshot. Resolutions come with the openings of the same days.
 */
export const selectReport = (
  selection: Selection,
  known: Known,
  by: Grouping | undefined,
  narrowing: Narrowing = {},
): Sql => {
  const perDay = selection.report === 'resolutions' && by !== 'day';
  const own = sums(selection, known, by, { narrowing, perDay });
  const openings =
    selection.report === 'resolutions'
      ? sql` UNION ALL ${sums({ ...selection, report: 'responses' }, known, by, { narrowing, perDay })}`
      : empty;
  return sql`
    SELECT served.position, served.recorded_at, served.incomplete, counted.*
      FROM projections.served AS served CROSS JOIN (${own}${openings}) AS counted
     WHERE served.name = ${name}::text`;
};
