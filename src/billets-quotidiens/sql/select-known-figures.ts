import { empty, raw, shared, sql, type Sql } from '../../platform/database/sql.js';
import type { Day } from '../../calendar/local-days.js';
import type { Instant } from '../../shared/instant.js';
import { boundOf, everything, type AsOf, type Bound } from '../as-of.js';
import { changeOfCounts, columnOf, countColumns } from '../projections/daily-figures.projection.js';
import { FigureEntries } from '../projections/figure-entries.projection.js';
import { countedFigures } from '../figures.js';
import {
  figuresRange,
  servedNow,
  sumByDay,
  withKnown,
  type FiguresRange,
  type Known,
} from './figures-statement.js';
import { selectLastCounted, lastOfHourAt } from './select-last-counted.js';

const { name } = new FigureEntries();

/** An entry's delta, in the column of its figure. */
const spread = raw(
  countedFigures
    .map(
      (figure) => `CASE WHEN entry.figure = '${figure}' THEN entry.delta ELSE 0 END AS ${columnOf[figure]}`,
    )
    .join(', '),
);
const columns = raw(countColumns.join(', '));
const change = raw(changeOfCounts);

/** The first month that is looked at day by day: where days are cut anew, those of two days before the first one are, too. */
const firstMonth = ({ from }: FiguresRange): Sql => sql`date_trunc('month', (${from} - 2)::timestamp)::date`;

/**
 * `known`: what was known at the bound, by each site's own days, from the first month that is looked at day by day to the last
 * day asked for, and the entries of days amid which the bound lies. `earlier`: what all other days did to backlogs.
 *
 * Months that were over by then, and were recorded in months that were, come as their sums; those amid which the bound lies, as
 * their days'; and days amid which it lies, entry by entry up to it, summed before they are spread over columns. So it costs nearly
 * the same in the log's first year as in its tenth, and a day's entries at most however much was recorded on one day.
 */
const knownAt = (bound: Bound, range: FiguresRange): Sql => {
  const { at } = bound;
  const [own, first, last] = [raw(bound.own), raw(bound.first), raw(bound.last)];
  const whole = sql`${last} <= ${at}`;
  const amid = sql`${first} <= ${at} AND ${last} > ${at}`;
  const lastPosition = bound.own === 'position' ? at : lastOfHourAt(at);
  return sql`
  WITH months_amid AS MATERIALIZED (
    SELECT DISTINCT day FROM billets_quotidiens.recorded_months WHERE ${amid} AND day < ${firstMonth(range)}
  ), amid AS MATERIALIZED (
    ${daysOfMonthsAmid(amid)}
     UNION ALL
    ${lastDays(amid, range)}
  ), around AS MATERIALIZED (
    SELECT entry.establishment, span.time_zone, span.day, entry.recorded_day, entry.figure, sum(entry.delta) AS delta
      FROM (
        SELECT time_zone, day, min(first_position) AS first_position, max(last_position) AS last_position
          FROM amid
         GROUP BY 1, 2
      ) AS span
     CROSS JOIN LATERAL (
       SELECT establishment, figure, delta, (recorded_at AT TIME ZONE 'UTC')::date AS recorded_day
         FROM billets_quotidiens.figure_entries AS own
        WHERE own.time_zone = span.time_zone AND own.day = span.day
          AND own.position BETWEEN span.first_position AND least(span.last_position, ${lastPosition}) AND own.${own} <= ${at}
       OFFSET 0
     ) AS entry
     GROUP BY 1, 2, 3, 4, 5
  ), up_to_bound AS MATERIALIZED (
    SELECT establishment, time_zone, day, ${spread}
      FROM around AS entry
      JOIN amid USING (establishment, time_zone, day, recorded_day)
  ), known AS NOT MATERIALIZED (
    SELECT establishment, time_zone, day, ${columns} FROM (${lastDays(whole, range)}) AS whole
     UNION ALL
    TABLE up_to_bound
  ), earlier AS NOT MATERIALIZED (
    SELECT establishment, ${change} AS change FROM (${daysOfMonthsAmid(whole)}) AS whole
     UNION ALL
    SELECT establishment, ${change}
      FROM billets_quotidiens.recorded_months
     WHERE ${whole} AND day < ${firstMonth(range)} AND day NOT IN (TABLE months_amid)
  )`;
};

/** Of days from the first month that is looked at day by day. */
const lastDays = (condition: Sql, range: FiguresRange): Sql => sql`
  SELECT * FROM billets_quotidiens.recorded_figures WHERE day >= ${firstMonth(range)} AND day <= ${range.to} AND ${condition}`;

/** Of the days of months before. OFFSET keeps the planner from reading all days for a few of them. */
const daysOfMonthsAmid = (condition: Sql): Sql => sql`
  SELECT recorded.*
    FROM months_amid AS month
   CROSS JOIN LATERAL (
     SELECT *
       FROM billets_quotidiens.recorded_figures AS one
      WHERE one.day >= month.day AND one.day < month.day + interval '1 month' AND ${condition}
     OFFSET 0
   ) AS recorded`;

/**
 * By the days of one zone; the last of the instants that they begin at is where the last day ends. Where it is the place's own zone
 * these are its own days. Of all other places the entries are cut anew, but for days so long ago that they are over in any zone.
 */
const byZone = (bound: Bound, { from, to }: FiguresRange, zone: ZoneDays): Sql => {
  const timeZone = sql`${shared(zone.timeZone)}::text`;
  const starts = sql`${shared(zone.starts)}::timestamptz[]`;
  return sql`
  by_zone AS MATERIALIZED (
  SELECT establishment, day, ${columns}
    FROM known
   WHERE (time_zone = ${timeZone} AND day <= ${to}) OR (time_zone <> ${timeZone} AND day <= ${from} - 3)
   UNION ALL
  SELECT establishment, ${from} - 1 + counts_on AS day, ${spread}
    FROM (
      SELECT establishment, delta, opened_at,
             CASE figure WHEN 'resolvedAnotherDay' THEN 'resolvedSameDay' ELSE figure END AS figure,
             width_bucket(coalesce(opened_at, occurred_at), ${starts}) AS counts_on,
             width_bucket(occurred_at, ${starts}) AS happened_on
        FROM billets_quotidiens.figure_entries
       WHERE time_zone = ANY (ARRAY(
               SELECT DISTINCT time_zone FROM billets_quotidiens.recorded_months WHERE time_zone <> ${timeZone}))
         AND day BETWEEN ${from} - 2 AND ${to} + 2
         AND ${raw(bound.own)} <= ${bound.at}
    ) AS entry
   WHERE counts_on < cardinality(${starts}) AND (opened_at IS NULL OR happened_on = counts_on)
  )`;
};

/** The days of one zone, from the first one asked for to the last. */
export interface ZoneDays {
  timeZone: string;
  /** When each of them begins, and when the last one ends. */
  starts: readonly Instant[];
}

export interface KnownFiguresSelection {
  /** Absent: everything. */
  asOf: AsOf | undefined;
  from: Day;
  to: Day;
  establishment: string | undefined;
  /** Absent: each site's own. */
  zone: ZoneDays | undefined;
}

/** The figures as they were known at a bound, or by the days of one zone. */
export const selectKnownFigures = (asked: KnownFiguresSelection): Sql => {
  const { asOf, from, to, establishment, zone } = asked;
  const bound = boundOf(asOf ?? everything);
  const range = figuresRange(from, to, establishment);
  const counted = sumByDay(range, raw(zone ? 'by_zone' : 'known'), raw('TABLE earlier'));
  return sql`${knownAt(bound, range)}${zone ? sql`, ${byZone(bound, range, zone)}` : empty}
    ${withKnown({ name, ...lastThing(asOf, bound.at) }, range, counted)}`;
};

/** Tells of the last thing that was counted by then, as far as it was not asked for itself. */
const lastThing = (asOf: AsOf | undefined, at: Sql): Pick<Known, 'position' | 'recordedAt' | 'published'> => {
  if (!asOf) return servedNow;
  return 'position' in asOf
    ? {
        position: raw('NULL::bigint'),
        recordedAt: sql`(
          SELECT recorded_at FROM billets_quotidiens.figure_entries WHERE position <= ${at} ORDER BY position DESC LIMIT 1)`,
        published: sql`position <= ${at}`,
      }
    : {
        position: sql`(${selectLastCounted(at)})`,
        recordedAt: raw('NULL::timestamptz'),
        published: sql`recorded_at <= ${at}`,
      };
};
