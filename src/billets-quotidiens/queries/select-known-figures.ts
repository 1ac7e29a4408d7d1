import type { Day } from '../../establishments/local-days.js';
import type { Instant } from '../../shared/instant.js';
import { boundOf, everything, type AsOf } from '../as-of.js';
import { columnOf, countColumns, selectCounts } from '../daily-figures.projection.js';
import { FigureEntries } from '../figure-entries.projection.js';
import { countedFigures } from '../figures.js';

/** An entry's delta, in the column of its figure. */
const spread = countedFigures.map(
  (figure) => `CASE WHEN entry.figure = '${figure}' THEN entry.delta ELSE 0 END AS ${columnOf[figure]}`,
);

/**
 * `known`: everything that was known at the bound, $1. What was recorded on a day that had ended by then comes as its sums; of
 * the day amid which the bound lies, the entries up to it. So it costs the same in the log's first year as in its tenth.
 */
const knownAt = ({ own, first, last, type }: ReturnType<typeof boundOf>): string => `
  WITH whole AS (
    SELECT * FROM billets_quotidiens.recorded_figures WHERE ${last} <= $1::${type}
  ), parted AS (
    SELECT * FROM billets_quotidiens.recorded_figures
     WHERE ${first} <= $1::${type} AND ${last} > $1::${type}
  ), known AS (
    SELECT establishment, time_zone, day, ${countColumns.join(', ')},
           last_position AS position, last_recorded_at AS recorded_at
      FROM whole
     UNION ALL
    SELECT entry.establishment, entry.time_zone, entry.day, ${spread.join(', ')},
           entry.position, entry.recorded_at
      FROM billets_quotidiens.figure_entries AS entry
      JOIN parted ON (parted.establishment, parted.time_zone, parted.day, parted.recorded_day)
         = (entry.establishment, entry.time_zone, entry.day, (entry.recorded_at AT TIME ZONE 'UTC')::date)
     WHERE entry.position >= (SELECT min(first_position) FROM parted)
       AND entry.position <= (SELECT max(last_position) FROM parted)
       AND entry.${own} <= $1::${type}
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
           WHERE time_zone = ANY (ARRAY(SELECT DISTINCT time_zone FROM known WHERE time_zone <> $5))
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
 * the last thing that was counted by then; both are null where nothing was.
 */
export const selectKnownFigures = (asked: KnownFiguresAsked): { text: string; values: unknown[] } => {
  const { asOf, from, to, establishment = null, zone } = asked;
  const bound = boundOf(asOf ?? everything);
  const at = asOf
    ? '(SELECT max(position) FROM known) AS position, (SELECT max(recorded_at) FROM known) AS recorded_at'
    : 'served.position, served.recorded_at';
  return {
    text: `${knownAt(bound)}
      SELECT ${at}, served.incomplete, counted.*
        FROM projections.served AS served
        LEFT JOIN (${zone ? byZone(bound) : bySite}) AS counted ON true
       WHERE served.name = '${new FigureEntries().name}'`,
    values: [bound.value, from, to, establishment, ...(zone ? [zone.timeZone, zone.starts] : [])],
  };
};
