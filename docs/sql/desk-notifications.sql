-- The statements as they are sent, in each of their forms. Written by `npm run sql`; a test compares.

-- selectNotifications: first page
SELECT
  served.position AS served_position,
  told.*
FROM
  projections.served AS served
  LEFT JOIN (
    SELECT
      notification.position,
      notification.ticket_id,
      ticket.title,
      ticket.establishment,
      notification.reason,
      notification.type,
      notification.actor,
      to_char(notification.occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS occurred,
      to_char(notification.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS recorded
    FROM
      desk.notifications AS notification
      JOIN desk.tickets AS ticket USING (ticket_id)
    WHERE
      notification.person = $1::text
      AND ticket.establishment = ANY ($2::text[])
      AND NOT notification.internal
    ORDER BY
      notification.position DESC
    LIMIT
      $3::integer
  ) AS told ON true
WHERE
  served.name = $4::text
ORDER BY
  told.position DESC;

-- selectNotifications: next page, of all establishments, with internal notes
SELECT
  served.position AS served_position,
  told.*
FROM
  projections.served AS served
  LEFT JOIN (
    SELECT
      notification.position,
      notification.ticket_id,
      ticket.title,
      ticket.establishment,
      notification.reason,
      notification.type,
      notification.actor,
      to_char(notification.occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS occurred,
      to_char(notification.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS recorded
    FROM
      desk.notifications AS notification
      JOIN desk.tickets AS ticket USING (ticket_id)
    WHERE
      notification.person = $1::text
      AND notification.position < $2::bigint
    ORDER BY
      notification.position DESC
    LIMIT
      $3::integer
  ) AS told ON true
WHERE
  served.name = $4::text
ORDER BY
  told.position DESC;
