import type { Day } from '../../establishments/local-days.js';
import type { Instant } from '../../shared/instant.js';
import { boundOf, everything, type AsOf } from '../as-of.js';
import { changeOfCounts, columnOf, countColumns } from '../daily-figures.projection.js';
import { FigureEntries } from '../figure-entries.projection.js';
import { countedFigures } from '../figures.js';
import { noColumns, servedNow, sumByDay, withKnown, type Known } from './figures-statement.js';
import { lastCountedAt } from './select-last-counted.js';

/** An entry's delta, in the column of its figure. */
const spread = countedFigures.map(
  (figure) => `CASE WHEN entry.figure = '${figure}' THEN entry.delta ELSE 0 END AS ${columnOf[figure]}`,
);
const columns = countColumns.join(', ');

/** The first month that is looked at day by day: where days are cut anew, those of two days before the first one are, too. */
const firstMonth = `date_trunc('month', ($2::date - 2)::timestamp)::date`;

/**
 * `known`: everything that was known at the bound, $1, about the days up to $3, but for `before`, the months that were over by
 * then, and were recorded in months that were: these come as their sums. So do the days asked for, and those of a month amid
 * which the bound lies; of the days amid which it lies, the entries up to it, summed before they are spread over columns. So it
 * costs nearly the same in the log's first year as in its tenth, and a day's entries at most however much was recorded on one day.
 */
const knownAt = ({ own, first, last, type }: ReturnType<typeof boundOf>): string => `
  WITH before AS (
    SELECT establishment, sum(${changeOfCounts})::integer AS change
      FROM billets_quotidiens.recorded_months
     WHERE ${last} <= $1::${type} AND day < ${firstMonth}
     GROUP BY 1
  ), amid AS MATERIALIZED (
    SELECT establishment, time_zone, day, recorded_day
      FROM billets_quotidiens.recorded_months
     WHERE ${first} <= $1::${type} AND ${last} > $1::${type} AND day < ${firstMonth}
  ), days_amid AS MATERIALIZED (
    SELECT recorded.*, recorded.${last} <= $1::${type} AS whole
      FROM (SELECT DISTINCT day FROM amid) AS months
     CROSS JOIN LATERAL (${daysOfMonth('months')}) AS recorded
      JOIN amid
        ON (amid.establishment, amid.time_zone, amid.day) = (recorded.establishment, recorded.time_zone, months.day)
       AND recorded.recorded_day >= amid.recorded_day AND recorded.recorded_day < amid.recorded_day + interval '1 month'
     WHERE recorded.${first} <= $1::${type}
  ), parted AS MATERIALIZED (
    SELECT ${ofParted} FROM days_amid WHERE NOT whole
     UNION ALL
    SELECT ${ofParted}
      FROM billets_quotidiens.recorded_figures
     WHERE day >= ${firstMonth} AND day <= $3 AND ${first} <= $1::${type} AND ${last} > $1::${type}
  ), around AS MATERIALIZED (
    SELECT entry.establishment, span.time_zone, span.day, entry.recorded_day, entry.figure, sum(entry.delta) AS delta
      FROM (
        SELECT time_zone, day, min(first_position) AS first_position, max(last_position) AS last_position
          FROM parted
         GROUP BY 1, 2
      ) AS span
     CROSS JOIN LATERAL (
       SELECT establishment, figure, delta, (recorded_at AT TIME ZONE 'UTC')::date AS recorded_day
         FROM billets_quotidiens.figure_entries AS own
        WHERE own.time_zone = span.time_zone AND own.day = span.day
          AND own.position BETWEEN span.first_position AND span.last_position AND own.${own} <= $1::${type}
       OFFSET 0
     ) AS entry
     GROUP BY 1, 2, 3, 4, 5
  ), known AS (
    SELECT establishment, time_zone, day, ${columns}
      FROM billets_quotidiens.recorded_figures
     WHERE day >= ${firstMonth} AND day <= $3 AND ${last} <= $1::${type}
     UNION ALL
    SELECT establishment, time_zone, day, ${columns} FROM days_amid WHERE whole
     UNION ALL
    SELECT establishment, time_zone, day, ${spread.join(', ')}
      FROM around AS entry
      JOIN parted USING (establishment, time_zone, day, recorded_day)
  )`;

const ofParted = 'establishment, time_zone, day, recorded_day, first_position, last_position';

/** The sums of days that sums of a month are made of. OFFSET keeps the planner from reading all days for a few of them. */
const daysOfMonth = (month: string): string => `
  SELECT *
    FROM billets_quotidiens.recorded_figures AS one
   WHERE one.day >= ${month}.day AND one.day < ${month}.day + interval '1 month'
  OFFSET 0`;

/** By each site's own day. */
const bySite = `SELECT establishment, day, ${columns} FROM known WHERE day <= $3`;

/**
 * By the days of one zone, $5, which begin at $6; the last of these is where the last day ends. Where it is the place's own zone
 * these are its own days. Of all other places the entries are cut anew, but for days so long ago that they are over in any zone.
 */
const byZone = ({ own, type }: ReturnType<typeof boundOf>): string => `
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
         AND ${own} <= $1::${type}
    ) AS entry
   WHERE counts_on < cardinality($6::timestamptz[]) AND (opened_at IS NULL OR happened_on = counts_on)`;

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

/** The figures as they were known at a bound, or by the days of one zone. */
export const selectKnownFigures = (asked: KnownFiguresAsked): { text: string; values: unknown[] } => {
  const { asOf, from, to, establishment = null, zone } = asked;
  const bound = boundOf(asOf ?? everything);
  const text = `${knownAt(bound)}
    ${withKnown(
      { name: `'${new FigureEntries().name}'`, ...lastThing(asOf) },
      `${sumByDay(zone ? byZone(bound) : bySite)}
        UNION ALL
       SELECT establishment, NULL, change, ${noColumns}
         FROM before
        WHERE $4::text IS NULL OR establishment = $4`,
    )}`;
  return {
    text,
    values: [bound.value, from, to, establishment, ...(zone ? [zone.timeZone, zone.starts] : [])],
  };
};

/** Tells of the last thing that was counted by then, as far as it was not asked for itself. */
const lastThing = (asOf: AsOf | undefined): Pick<Known, 'position' | 'recordedAt' | 'published'> => {
  if (!asOf) return servedNow;
  return 'position' in asOf
    ? {
        position: 'NULL::bigint',
        recordedAt: `(
          SELECT recorded_at FROM billets_quotidiens.figure_entries WHERE position <= $1 ORDER BY position DESC LIMIT 1)`,
        published: 'position <= $1',
      }
    : {
        position: `(${lastCountedAt})`,
        recordedAt: 'NULL::timestamptz',
        published: 'recorded_at <= $1::timestamptz',
      };
};
