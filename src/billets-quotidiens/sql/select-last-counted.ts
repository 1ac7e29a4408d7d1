import { raw, sql, type Sql } from '../../platform/database/sql.js';

/** Of hours (UTC) of the day amid which the instant lies: the last position. */
const lastOfHours = (at: Sql, comparison: '<' | '<='): Sql => sql`(
    SELECT max(last_position)
      FROM billets_quotidiens.recorded_hours
     WHERE recorded_hour >= date_trunc('day', ${at}, 'UTC')
       AND recorded_hour ${raw(comparison)} date_trunc('hour', ${at}, 'UTC'))`;

const lastOfDaysBefore = (at: Sql): Sql => sql`(
    SELECT max(last_position)
      FROM billets_quotidiens.recorded_days
     WHERE recorded_day < (${at} AT TIME ZONE 'UTC')::date)`;

/** A position beyond which nothing was counted at an instant; null where nothing was at all. */
export const lastOfHourAt = (at: Sql): Sql =>
  sql`(SELECT greatest(${lastOfDaysBefore(at)}, ${lastOfHours(at, '<=')}))`;

/**
 * The position of the last thing that was counted at an instant; null where nothing was. Of days (UTC) that were over by then,
 * and of that day's hours, the last positions are kept; of the hour amid which the instant lies, the entries are looked at from
 * their end.
 */
export const selectLastCounted = (at: Sql): Sql => sql`
  SELECT greatest(
    ${lastOfDaysBefore(at)},
    ${lastOfHours(at, '<')},
    (SELECT entry.position
       FROM billets_quotidiens.recorded_hours AS amid
      CROSS JOIN LATERAL (
        SELECT position
          FROM billets_quotidiens.figure_entries
         WHERE position BETWEEN amid.first_position AND amid.last_position AND recorded_at <= ${at}
         ORDER BY position DESC
         LIMIT 1
      ) AS entry
      WHERE amid.recorded_hour = date_trunc('hour', ${at}, 'UTC'))
  )`;
