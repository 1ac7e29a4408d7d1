import type { Day } from '../../calendar/local-days.js';
import type { Instant } from '../../shared/instant.js';
import { boundOf, everything, type AsOf } from '../as-of.js';
import { changeOfCounts, columnOf, countColumns } from '../projections/daily-figures.projection.js';
import { FigureEntries } from '../projections/figure-entries.projection.js';
import { countedFigures } from '../figures.js';
import { servedNow, sumByDay, withKnown, type Known } from './figures-statement.js';
import { selectLastCounted, lastOfHourAt } from './select-last-counted.js';

const { name } = new FigureEntries();

/** An entry's delta, in the column of its figure. */
const spread = countedFigures.map(
  (figure) => `CASE WHEN entry.figure = '${figure}' THEN entry.delta ELSE 0 END AS ${columnOf[figure]}`,
);
const columns = countColumns.join(', ');

/** The first month that is looked at day by day: where days are cut anew, those of two days before the first one are, too. */
const firstMonth = `date_trunc('month', ($2::date - 2)::timestamp)::date`;

/**
 * `known`: what was known at the bound, $1, by each site's own days, from the first month that is looked at day by day to the last
 * day asked for, $3, and the entries of days amid which the bound lies. `earlier`: what all other days did to backlogs.
 *
 * Months that were over by then, and were recorded in months that were, come as their sums; those amid which the bound lies, as
 * their days'; and days amid which it lies, entry by entry up to it, summed before they are spread over columns. So it costs nearly
 * the same in the log's first year as in its tenth, and a day's entries at most however much was recorded on one day.
 */
const knownAt = ({ own, first, last, at }: ReturnType<typeof boundOf>): string => {
  const whole = `${last} <= ${at}`;
  const amid = `${first} <= ${at} AND ${last} > ${at}`;
  const lastPosition = own === 'position' ? at : lastOfHourAt;
  return `
  WITH months_amid AS MATERIALIZED (
    SELECT DISTINCT day FROM billets_quotidiens.recorded_months WHERE ${amid} AND day < ${firstMonth}
  ), amid AS MATERIALIZED (
    ${daysOfMonthsAmid(amid)}
     UNION ALL
    ${lastDays(amid)}
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
    SELECT establishment, time_zone, day, ${spread.join(', ')}
      FROM around AS entry
      JOIN amid USING (establishment, time_zone, day, recorded_day)
  ), known AS NOT MATERIALIZED (
    SELECT establishment, time_zone, day, ${columns} FROM (${lastDays(whole)}) AS whole
     UNION ALL
    TABLE up_to_bound
  ), earlier AS NOT MATERIALIZED (
    SELECT establishment, ${changeOfCounts} AS change FROM (${daysOfMonthsAmid(whole)}) AS whole
     UNION ALL
    SELECT establishment, ${changeOfCounts}
      FROM billets_quotidiens.recorded_months
     WHERE ${whole} AND day < ${firstMonth} AND day NOT IN (TABLE months_amid)
  )`;
};

/** Of days from the first month that is looked at day by day. */
const lastDays = (condition: string): string => `
  SELECT * FROM billets_quotidiens.recorded_figures WHERE day >= ${firstMonth} AND day <= $3 AND ${condition}`;

/** Of the days of months before. OFFSET keeps the planner from reading all days for a few of them. */
const daysOfMonthsAmid = (condition: string): string => `
  SELECT recorded.*
    FROM months_amid AS month
   CROSS JOIN LATERAL (
     SELECT *
       FROM billets_quotidiens.recorded_figures AS one
      WHERE one.day >= month.day AND one.day < month.day + interval '1 month' AND ${condition}
     OFFSET 0
   ) AS recorded`;

/**
 * By the days of one zone, $5, which begin at $6; the last of these is where the last day ends. Where it is the place's own zone
 * these are its own days. Of all other places the entries are cut anew, but for days so long ago that they are over in any zone.
 */
const byZone = ({ own, at }: ReturnType<typeof boundOf>): string => `
  by_zone AS MATERIALIZED (
  SELECT establishment, day, ${columns}
    FROM known
   WHERE (time_zone = $5 AND day <= $3) OR (time_zone <> $5 AND day <= $2::date - 3)
   UNION ALL
  SELECT establishment, $2::date - 1 + counts_on AS day, ${spread.join(', ')}
    FROM (
      SELECT establishment, delta, opened_at,
             CASE figure WHEN 'resolvedAnotherDay' THEN 'resolvedSameDay' ELSE figure END AS figure,
             width_bucket(coalesce(opened_at, occurred_at), $6::timestamptz[]) AS counts_on,
             width_bucket(occurred_at, $6::timestamptz[]) AS happened_on
        FROM billets_quotidiens.figure_entries
       WHERE time_zone = ANY (ARRAY(
               SELECT DISTINCT time_zone FROM billets_quotidiens.recorded_months WHERE time_zone <> $5))
         AND day BETWEEN $2::date - 2 AND $3::date + 2
         AND ${own} <= ${at}
    ) AS entry
   WHERE counts_on < cardinality($6::timestamptz[]) AND (opened_at IS NULL OR happened_on = counts_on)
  )`;

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
export const selectKnownFigures = (asked: KnownFiguresSelection): { text: string; values: unknown[] } => {
  const { asOf, from, to, establishment = null, zone } = asked;
  const bound = boundOf(asOf ?? everything);
  const text = `${knownAt(bound)}${zone ? `, ${byZone(bound)}` : ''}
    ${withKnown(
      { name: `'${name}'`, ...lastThing(asOf, bound.at) },
      sumByDay(zone ? 'by_zone' : 'known', 'TABLE earlier'),
    )}`;
  return {
    text,
    values: [bound.value, from, to, establishment, ...(zone ? [zone.timeZone, zone.starts] : [])],
  };
};

/** Tells of the last thing that was counted by then, as far as it was not asked for itself. */
const lastThing = (
  asOf: AsOf | undefined,
  at: string,
): Pick<Known, 'position' | 'recordedAt' | 'published'> => {
  if (!asOf) return servedNow;
  return 'position' in asOf
    ? {
        position: 'NULL::bigint',
        recordedAt: `(
          SELECT recorded_at FROM billets_quotidiens.figure_entries WHERE position <= ${at} ORDER BY position DESC LIMIT 1)`,
        published: `position <= ${at}`,
      }
    : {
        position: `(${selectLastCounted})`,
        recordedAt: 'NULL::timestamptz',
        published: `recorded_at <= ${at}`,
      };
};
