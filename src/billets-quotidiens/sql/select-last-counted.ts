import { instantAsked } from '../as-of.js';

/** Of hours (UTC) of the day amid which the instant, $1, lies: the last position. */
const lastOfHours = (comparison: '<' | '<='): string => `(
    SELECT max(last_position)
      FROM billets_quotidiens.recorded_hours
     WHERE recorded_hour >= date_trunc('day', ${instantAsked}, 'UTC')
       AND recorded_hour ${comparison} date_trunc('hour', ${instantAsked}, 'UTC'))`;

const lastOfDaysBefore = `(
    SELECT max(last_position)
      FROM billets_quotidiens.recorded_days
     WHERE recorded_day < (${instantAsked} AT TIME ZONE 'UTC')::date)`;

/** A position beyond which nothing was counted at an instant, $1; null where nothing was at all. */
export const lastOfHourAt = `(SELECT greatest(${lastOfDaysBefore}, ${lastOfHours('<=')}))`;

/**
 * The position of the last thing that was counted at an instant, $1; null where nothing was. Of days (UTC) that were over by then,
 * and of that day's hours, the last positions are kept; of the hour amid which the instant lies, the entries are looked at from
 * their end.
 */
export const selectLastCounted = `
  SELECT greatest(
    ${lastOfDaysBefore},
    ${lastOfHours('<')},
    (SELECT entry.position
       FROM billets_quotidiens.recorded_hours AS amid
      CROSS JOIN LATERAL (
        SELECT position
          FROM billets_quotidiens.figure_entries
         WHERE position BETWEEN amid.first_position AND amid.last_position AND recorded_at <= ${instantAsked}
         ORDER BY position DESC
         LIMIT 1
      ) AS entry
      WHERE amid.recorded_hour = date_trunc('hour', ${instantAsked}, 'UTC'))
  )`;
