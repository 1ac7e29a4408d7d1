import { raw, sql, type Sql } from '../../platform/database/sql.js';

/** The last position of the hours (UTC) of the instant's day, up to or before the instant's hour. */
const lastOfHours = (at: Sql, comparison: '<' | '<='): Sql => sql`(
    SELECT max(last_position)
      FROM billets_quotidiens.recorded_hours
     WHERE recorded_hour >= date_trunc('day', ${at}, 'UTC')
       AND recorded_hour ${raw(comparison)} date_trunc('hour', ${at}, 'UTC'))`;

const lastOfDaysBefore = (at: Sql): Sql => sql`(
    SELECT max(last_position)
      FROM billets_quotidiens.recorded_days
     WHERE recorded_day < (${at} AT TIME ZONE 'UTC')::date)`;

/** A position beyond which nothing had been counted at an instant: that of the end of its hour (UTC); null where there is none. */
export const lastOfHourAt = (at: Sql): Sql =>
  sql`(SELECT greatest(${lastOfDaysBefore(at)}, ${lastOfHours(at, '<=')}))`;

/**
 * The position of the last entry that had been counted at an instant; null where there is none. For the days (UTC) before, and the
 * hours before on its day, the last positions are stored; in the hour of the instant the entries are read from the end.
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
