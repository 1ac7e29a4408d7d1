import type { Day } from '../../establishments/local-days.js';
import type { Instant } from '../../shared/instant.js';
import { boundOf, everything, type AsOf } from '../as-of.js';
import { columnOf, countColumns, selectCounts } from '../daily-figures.projection.js';
import { FigureEntries } from '../figure-entries.projection.js';
import { countedFigures } from '../figures.js';
import { daysOfMonth, lastCountedAt } from './select-last-counted.js';

/** An entry's delta, in the column of its figure. */
const spread = countedFigures.map(
  (figure) => `CASE WHEN entry.figure = '${figure}' THEN entry.delta ELSE 0 END AS ${columnOf[figure]}`,
);

/** The first month that is looked at day by day: where days are cut anew, those of two days before the first one are, too. */
const firstMonth = `date_trunc('month', ($2::date - 2)::timestamp)::date`;

/**
 * `known`: everything that was known at the bound, $1, about the days up to $3. Months that were over by then, and were recorded in
 * months that were, come as their sums; so do the days asked for, and those of a month amid which the bound lies; of the days
 * amid which it lies, the entries up to it. So it costs nearly the same in the log's first year as in its tenth, and a day's
 * entries at most however much was recorded on one day.
 */
const knownAt = ({ own, first, last, type }: ReturnType<typeof boundOf>): string => `
  WITH months AS MATERIALIZED (
    SELECT *, ${last} <= $1::${type} AS whole
      FROM billets_quotidiens.recorded_months
     WHERE ${first} <= $1::${type} AND day < ${firstMonth}
  ), days AS MATERIALIZED (
    SELECT *, ${last} <= $1::${type} AS whole
      FROM billets_quotidiens.recorded_figures
     WHERE ${first} <= $1::${type} AND day >= ${firstMonth} AND day <= $3
     UNION ALL
    SELECT recorded.*, recorded.${last} <= $1::${type}
      FROM months
     CROSS JOIN LATERAL (${daysOfMonth('months')}) AS recorded
     WHERE NOT months.whole AND recorded.${first} <= $1::${type}
  ), parted AS (
    SELECT time_zone, day, min(first_position) AS first_position, max(last_position) AS last_position
      FROM days
     WHERE NOT whole
     GROUP BY 1, 2
  ), around AS MATERIALIZED (
    SELECT entry.*
      FROM parted
     CROSS JOIN LATERAL (
       SELECT *
         FROM billets_quotidiens.figure_entries AS own
        WHERE own.time_zone = parted.time_zone AND own.day = parted.day
          AND own.position BETWEEN parted.first_position AND parted.last_position AND own.${own} <= $1::${type}
       OFFSET 0
     ) AS entry
  ), entries AS (
    SELECT entry.*
      FROM around AS entry
      JOIN days ON NOT days.whole AND (days.establishment, days.time_zone, days.day, days.recorded_day)
         = (entry.establishment, entry.time_zone, entry.day, (entry.recorded_at AT TIME ZONE 'UTC')::date)
  ), known AS (
    SELECT establishment, time_zone, day, ${countColumns.join(', ')} FROM months WHERE whole
     UNION ALL
    SELECT establishment, time_zone, day, ${countColumns.join(', ')} FROM days WHERE whole
     UNION ALL
    SELECT establishment, time_zone, day, ${spread.join(', ')} FROM entries AS entry
  )`;

/** By each site's own day. */
const bySite = `
  SELECT establishment, CASE WHEN day >= $2 THEN day::text END AS day, ${selectCounts}
    FROM known
   WHERE day <= $3 AND ($4::text IS NULL OR establishment = $4)
   GROUP BY 1, 2`;

/**
 * By the days of one zone, $5, which begin at $6; the last of these is where the last day ends. Where it is the place's own zone
 * these are its own days. Of all other places the entries are cut anew, but for days so long ago that they are over in any zone.
 */
const byZone = ({ own, type }: ReturnType<typeof boundOf>): string => `
  SELECT establishment, CASE WHEN day >= $2 THEN day::text END AS day, ${selectCounts}
    FROM (
      SELECT establishment, day, ${countColumns.join(', ')}
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
             AND ${own} <= $1::${type}
        ) AS entry
       WHERE counts_on < cardinality($6::timestamptz[]) AND (opened_at IS NULL OR happened_on = counts_on)
    ) AS cut_anew
   WHERE $4::text IS NULL OR establishment = $4
   GROUP BY 1, 2`;

/** The days of one zone, from the first one asked for to the last. */
export interface ZoneDays {
  timeZone: string;
  /** When each of them begins, and when the last one ends. */
  starts: readonly Instant[];
}

export interface KnownFiguresAsked {
  /** Absent: everything. */
  asOf: AsOf | undefined;
  from: Day;
  to: Day;
  establishment: string | undefined;
  /** Absent: each site's own. */
  zone: ZoneDays | undefined;
}

/**
 * One statement, so that the figures and the position they are known at come from one snapshot. `position` and `recorded_at` tell of
 * the last thing that was counted by then, as far as it was not asked for itself; both are null where nothing was.
 */
export const selectKnownFigures = (asked: KnownFiguresAsked): { text: string; values: unknown[] } => {
  const { asOf, from, to, establishment = null, zone } = asked;
  const bound = boundOf(asOf ?? everything);
  return {
    text: `${knownAt(bound)}
      SELECT ${lastThing(asOf)}, served.incomplete, counted.*
        FROM projections.served AS served
        LEFT JOIN (${zone ? byZone(bound) : bySite}) AS counted ON true
       WHERE served.name = '${new FigureEntries().name}'`,
    values: [bound.value, from, to, establishment, ...(zone ? [zone.timeZone, zone.starts] : [])],
  };
};

const lastThing = (asOf: AsOf | undefined): string => {
  if (!asOf) return 'served.position, served.recorded_at';
  return 'position' in asOf
    ? `NULL AS position, (
         SELECT recorded_at FROM billets_quotidiens.figure_entries WHERE position <= $1 ORDER BY position DESC LIMIT 1
       ) AS recorded_at`
    : `(${lastCountedAt}) AS position, NULL AS recorded_at`;
};
