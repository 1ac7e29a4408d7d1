/**
 * The position of the last thing that was counted at an instant, $1; null where nothing was. Of days (UTC) that were over by then
 * the last positions are kept; of the day amid which the instant lies, the entries are looked at from their end.
 */
export const lastCountedAt = `
  SELECT greatest(
    (SELECT max(last_position)
       FROM billets_quotidiens.recorded_days
      WHERE recorded_day < ($1::timestamptz AT TIME ZONE 'UTC')::date),
    (SELECT entry.position
       FROM billets_quotidiens.recorded_days AS amid
      CROSS JOIN LATERAL (
        SELECT position
          FROM billets_quotidiens.figure_entries
         WHERE position BETWEEN amid.first_position AND amid.last_position AND recorded_at <= $1::timestamptz
         ORDER BY position DESC
         LIMIT 1
      ) AS entry
      WHERE amid.recorded_day = ($1::timestamptz AT TIME ZONE 'UTC')::date)
  )`;
