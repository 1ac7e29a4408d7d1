/** The sums of days that a sum of a month is made of. OFFSET keeps the planner from reading all days for a few of them. */
export const daysOfMonth = (month: string): string => `
  SELECT *
    FROM billets_quotidiens.recorded_figures AS one
   WHERE one.establishment = ${month}.establishment AND one.time_zone = ${month}.time_zone
     AND one.day >= ${month}.day AND one.day < ${month}.day + interval '1 month'
     AND one.recorded_day >= ${month}.recorded_day AND one.recorded_day < ${month}.recorded_day + interval '1 month'
  OFFSET 0`;

/** The position of the last thing that was counted at an instant, $1; null where nothing was. From months to days to entries. */
export const lastCountedAt = `
  WITH recorded_in AS MATERIALIZED (
    SELECT *, last_recorded_at <= $1::timestamptz AS whole
      FROM billets_quotidiens.recorded_months
     WHERE first_recorded_at <= $1::timestamptz
  ), recorded_on AS MATERIALIZED (
    SELECT recorded.*, recorded.last_recorded_at <= $1::timestamptz AS whole
      FROM recorded_in
     CROSS JOIN LATERAL (${daysOfMonth('recorded_in')}) AS recorded
     WHERE NOT recorded_in.whole AND recorded.first_recorded_at <= $1::timestamptz
  ), amid AS (
    SELECT time_zone, day, min(first_position) AS first_position, max(last_position) AS last_position
      FROM recorded_on
     WHERE NOT whole
     GROUP BY 1, 2
  )
  SELECT greatest(
    (SELECT max(last_position) FROM recorded_in WHERE whole),
    (SELECT max(last_position) FROM recorded_on WHERE whole),
    (SELECT max(entry.position)
       FROM amid
      CROSS JOIN LATERAL (
        SELECT position
          FROM billets_quotidiens.figure_entries AS own
         WHERE own.time_zone = amid.time_zone AND own.day = amid.day
           AND own.position BETWEEN amid.first_position AND amid.last_position AND own.recorded_at <= $1::timestamptz
         ORDER BY position DESC
         LIMIT 1
      ) AS entry)
  )`;
