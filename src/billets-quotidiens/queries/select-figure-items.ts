import { endedClasses } from '../activity-spells.projection.js';
import type { CountedFigure } from '../figures.js';

/**
 * `items`: the entries of a figure of a day, $2, as they were known at a position, $1, of one establishment or all, $3. The day's
 * entries first: else the planner walks the whole log by position, in the hope of meeting what is wanted soon (2 s for three of
 * them, among a million events; now 50 take 20 ms on a cold cache).
 */
export const countedItems = (figure: CountedFigure): string => `
  WITH counted AS MATERIALIZED (
    SELECT *
      FROM billets_quotidiens.figure_entries
     WHERE time_zone = ANY (ARRAY(
             SELECT DISTINCT time_zone FROM billets_quotidiens.recorded_figures WHERE day = $2))
       AND day = $2 AND figure = '${figure}'
  ), items AS (
    SELECT * FROM counted WHERE position <= $1::bigint AND ($3::text IS NULL OR establishment = $3)
  )`;

/**
 * `items`: the tickets active at the end of the day, each with what put it there. By each spell's own days, cut where it was.
 * Whatever the zone, the end of a day lies within the 28 hours looked at. Spells that are known to have ended only now were
 * open then.
 */
export const activeItems = `
  WITH around AS (
    SELECT ($2::date + 1)::timestamp AT TIME ZONE 'UTC' - interval '15 hours' AS earliest,
           ($2::date + 1)::timestamp AT TIME ZONE 'UTC' + interval '13 hours' AS latest
  ), items AS (
    SELECT ticket_id, establishment, from_position AS position, from_at AS occurred_at, from_recorded_at AS recorded_at,
           1 AS delta
      FROM (
        SELECT spell.*
          FROM around, (VALUES ${endedClasses}) AS class(number, longest), (VALUES (false), (true)) AS changed(priority)
         CROSS JOIN LATERAL (
           SELECT *
             FROM billets_quotidiens.activity_spells
            WHERE reprioritized = changed.priority AND length_class = class.number
              AND from_at >= around.earliest - class.longest AND from_at <= around.latest
              AND until_at >= around.earliest
           OFFSET 0
         ) AS spell
         WHERE until_position <= $1::bigint AND until_day > $2::date
         UNION ALL
        SELECT * FROM billets_quotidiens.activity_spells
         WHERE int8range(from_position, until_position) @> $1::bigint
      ) AS spell
     WHERE from_day <= $2::date AND from_position <= $1::bigint
       AND ($3::text IS NULL OR establishment = $3)
  )`;
