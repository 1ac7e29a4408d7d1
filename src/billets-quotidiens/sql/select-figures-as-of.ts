import { empty, raw, shared, sql, type Sql } from '../../platform/database/sql.js';
import type { Day } from '../../calendar/local-days.js';
import type { Instant } from '../../shared/instant.js';
import { boundOf, everything, type AsOf, type Bound } from '../as-of.js';
import { changeOfCounts, columnOf, countColumns } from '../projections/daily-figures.projection.js';
import { stoodAt } from '../projections/published-days.projection.js';
import { FigureEntries } from '../projections/figure-entries.projection.js';
import { countedFigures } from '../figures.js';
import {
  figuresRange,
  servedNow,
  sumByDay,
  withHeader,
  type FiguresRange,
  type HeaderColumns,
} from './figures-statement.js';
import { selectLastCounted, lastOfHourAt } from './select-last-counted.js';

const { name } = new FigureEntries();

/** One column for each figure, with the entry's delta in that of its figure and 0 in the others. */
const spread = raw(
  countedFigures
    .map(
      (figure) => `CASE WHEN entry.figure = '${figure}' THEN entry.delta ELSE 0 END AS ${columnOf[figure]}`,
    )
    .join(', '),
);
const columns = raw(countColumns.join(', '));
const change = raw(changeOfCounts);

/** The first month that is read day by day; it includes the two days before the first, which the days of one zone need. */
const firstMonth = ({ from }: FiguresRange): Sql => sql`date_trunc('month', (${from} - 2)::timestamp)::date`;

/**
 * Defines `known` and `earlier`. `known` has the counts known at the bound, by each site's own days, from the first month that is
 * read day by day to the last requested day. `earlier` has the backlog changes of all days before.
 *
 * A monthly sum that lies wholly before the bound is taken as it is. One that the bound divides is replaced by its daily sums, and a
 * daily sum that the bound divides by its entries up to the bound, which are summed before they are spread over columns. So this
 * costs nearly the same in the log's tenth year as in its first, and never more than the entries of a day, however many events were
 * recorded on one day.
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

/** The daily sums from the first month that is read day by day. */
const lastDays = (condition: Sql, range: FiguresRange): Sql => sql`
  SELECT * FROM billets_quotidiens.recorded_figures WHERE day >= ${firstMonth(range)} AND day <= ${range.to} AND ${condition}`;

/** The daily sums of the months before that the bound divides. OFFSET keeps the planner from reading all days for a few of them. */
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
 * Defines `by_zone`: the counts by the days of one zone. Places in that zone keep the sums of their own days. For all other places
 * the entries are assigned to days again, except those of days so long before the range that they are over in every zone. OFFSET keeps
 * the planner from looking for an entry's day at each place that names it, and from sorting entries instead of hashing their sums.
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
      SELECT establishment, CASE figure WHEN 'resolvedAnotherDay' THEN 'resolvedSameDay' ELSE figure END AS figure,
             width_bucket(coalesce(opened_at, occurred_at), ${starts}) AS counts_on,
             CASE WHEN opened_at IS NOT NULL THEN width_bucket(occurred_at, ${starts}) END AS resolved_on,
             sum(delta) AS delta
        FROM billets_quotidiens.figure_entries
       WHERE time_zone = ANY (ARRAY(
               SELECT DISTINCT time_zone FROM billets_quotidiens.recorded_months WHERE time_zone <> ${timeZone}))
         AND day BETWEEN ${from} - 2 AND ${to} + 2
         AND ${raw(bound.own)} <= ${bound.at}
       GROUP BY 1, 2, 3, 4
      OFFSET 0
    ) AS entry
   WHERE counts_on < cardinality(${starts}) AND (resolved_on IS NULL OR resolved_on = counts_on)
  )`;
};

/** The requested days of one zone. */
export interface ZoneDays {
  timeZone: string;
  /** The beginning of each day, and the end of the last. */
  starts: readonly Instant[];
}

export interface FiguresSelection {
  /** Undefined for everything. */
  asOf: AsOf | undefined;
  from: Day;
  to: Day;
  establishment: string | undefined;
  /** Undefined for the days of each site's own zone. */
  zone: ZoneDays | undefined;
}

/** The figures as they were known at a bound, or by the days of one zone, or both. */
export const selectFiguresAsOf = (selection: FiguresSelection): Sql => {
  const { asOf, from, to, establishment, zone } = selection;
  const bound = boundOf(asOf ?? everything);
  const range = figuresRange(from, to, establishment);
  const counted = sumByDay(range, raw(zone ? 'by_zone' : 'known'), raw('TABLE earlier'));
  return sql`${knownAt(bound, range)}${zone ? sql`, ${byZone(bound, range, zone)}` : empty}
    ${withHeader({ name, ...lastThing(asOf, bound.at) }, range, counted)}`;
};

/** The first row's expressions for the last entry counted by the bound; NULL for what the request itself names. */
const lastThing = (
  asOf: AsOf | undefined,
  at: Sql,
): Pick<HeaderColumns, 'position' | 'recordedAt' | 'published'> => {
  if (!asOf) return servedNow;
  return 'position' in asOf
    ? {
        position: raw('NULL::bigint'),
        recordedAt: sql`(
          SELECT recorded_at FROM billets_quotidiens.figure_entries WHERE position <= ${at} ORDER BY position DESC LIMIT 1)`,
        published: sql`position <= ${at} AND ${stoodAt({ position: at })}`,
      }
    : {
        position: sql`(${selectLastCounted(at)})`,
        recordedAt: raw('NULL::timestamptz'),
        published: sql`recorded_at <= ${at} AND ${stoodAt({ recordedAt: at })}`,
      };
};
