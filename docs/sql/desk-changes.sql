-- The statements as they are sent, in each of their forms. Written by `npm run sql`; a test compares.

-- selectChanges: after a position
SELECT
  served.position AS served_position,
  least(
    served.position,
    (
      SELECT
        min(letter.position) - 1
      FROM
        projections.dead_letters AS letter
      WHERE
        letter.name = served.name
        AND letter.generation = served.generation
    )
  ) AS settled,
  made.mark,
  made.mark_position,
  ticket.ticket_id,
  ticket.establishment,
  ticket.merged_into,
  ticket.position,
  ticket.departed_from,
  (
    SELECT
      row_to_json(listed)::text
    FROM
      (
        SELECT
          ticket_id AS "ticketId",
          establishment AS "establishment",
          site AS "site",
          (
            SELECT
              concat(
                substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (bits >> 35 & 31)::integer + 1, 1),
                substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (bits >> 30 & 31)::integer + 1, 1),
                substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (bits >> 25 & 31)::integer + 1, 1),
                substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (bits >> 20 & 31)::integer + 1, 1),
                '-',
                substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (bits >> 15 & 31)::integer + 1, 1),
                substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (bits >> 10 & 31)::integer + 1, 1),
                substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (bits >> 5 & 31)::integer + 1, 1),
                substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (bits >> 0 & 31)::integer + 1, 1)
              )
            FROM
              (
                SELECT
                  ('x' || right(ticket_id::text, 10))::bit(40)::bigint AS bits
              ) AS id
          ) AS "reference",
          title AS "title",
          description AS "description",
          category AS "category",
          priority AS "priority",
          location AS "location",
          requester AS "requester",
          status AS "status",
          team AS "team",
          assignee AS "assignee",
          coalesce(cardinality(watchers), 0) AS "watchers",
          to_char(opened_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "openedAt",
          to_char(updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "updatedAt",
          to_char(resolved_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "resolvedAt",
          resolution AS "resolution",
          merged_into AS "mergedInto",
          links AS "links",
          revision AS "revision",
          coalesce(attachments, 0) AS "attachments"
      ) AS listed
  ) AS json
FROM
  projections.served AS served
  JOIN projections.generations AS made ON made.name = served.name
  AND made.generation = served.generation
  LEFT JOIN (
    SELECT
      first.*,
      NULL AS departed_from
    FROM
      unnest($1::text[]) AS mine (establishment)
      CROSS JOIN LATERAL (
        SELECT
          ticket_id,
          establishment,
          site,
          title,
          description,
          category,
          priority,
          location,
          status,
          team,
          assignee,
          opened_at,
          updated_at,
          resolved_at,
          resolution,
          merged_into,
          links,
          revision,
          position,
          requester,
          watchers,
          attachments
        FROM
          desk.tickets AS ticket
        WHERE
          ticket.establishment = mine.establishment
          AND position > $2::bigint
        ORDER BY
          position
        LIMIT
          $3::integer
      ) AS first
    UNION ALL
    SELECT
      ticket.ticket_id,
      ticket.establishment,
      site,
      title,
      description,
      category,
      priority,
      location,
      status,
      team,
      assignee,
      opened_at,
      updated_at,
      resolved_at,
      resolution,
      merged_into,
      links,
      revision,
      first.left_at,
      requester,
      watchers,
      attachments,
      first.departed_from
    FROM
      unnest($1::text[]) AS mine (establishment)
      CROSS JOIN LATERAL (
        SELECT
          departure.ticket_id AS id,
          departure.establishment AS departed_from,
          departure.position AS left_at
        FROM
          desk.departures AS departure
        WHERE
          departure.establishment = mine.establishment
          AND departure.position > $2::bigint
        ORDER BY
          departure.position
        LIMIT
          $3::integer
      ) AS first
      JOIN desk.tickets AS ticket ON ticket.ticket_id = first.id
      AND ticket.establishment <> first.departed_from
    ORDER BY
      position,
      departed_from NULLS FIRST
    LIMIT
      $3::integer
  ) AS ticket ON true
WHERE
  served.name = $4::text
ORDER BY
  ticket.position,
  ticket.departed_from NULLS FIRST;

-- selectChanges: of all establishments
SELECT
  served.position AS served_position,
  least(
    served.position,
    (
      SELECT
        min(letter.position) - 1
      FROM
        projections.dead_letters AS letter
      WHERE
        letter.name = served.name
        AND letter.generation = served.generation
    )
  ) AS settled,
  made.mark,
  made.mark_position,
  ticket.ticket_id,
  ticket.establishment,
  ticket.merged_into,
  ticket.position,
  ticket.departed_from,
  (
    SELECT
      row_to_json(listed)::text
    FROM
      (
        SELECT
          ticket_id AS "ticketId",
          establishment AS "establishment",
          site AS "site",
          (
            SELECT
              concat(
                substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (bits >> 35 & 31)::integer + 1, 1),
                substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (bits >> 30 & 31)::integer + 1, 1),
                substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (bits >> 25 & 31)::integer + 1, 1),
                substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (bits >> 20 & 31)::integer + 1, 1),
                '-',
                substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (bits >> 15 & 31)::integer + 1, 1),
                substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (bits >> 10 & 31)::integer + 1, 1),
                substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (bits >> 5 & 31)::integer + 1, 1),
                substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (bits >> 0 & 31)::integer + 1, 1)
              )
            FROM
              (
                SELECT
                  ('x' || right(ticket_id::text, 10))::bit(40)::bigint AS bits
              ) AS id
          ) AS "reference",
          title AS "title",
          description AS "description",
          category AS "category",
          priority AS "priority",
          location AS "location",
          requester AS "requester",
          status AS "status",
          team AS "team",
          assignee AS "assignee",
          coalesce(cardinality(watchers), 0) AS "watchers",
          to_char(opened_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "openedAt",
          to_char(updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "updatedAt",
          to_char(resolved_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "resolvedAt",
          resolution AS "resolution",
          merged_into AS "mergedInto",
          links AS "links",
          revision AS "revision",
          coalesce(attachments, 0) AS "attachments"
      ) AS listed
  ) AS json
FROM
  projections.served AS served
  JOIN projections.generations AS made ON made.name = served.name
  AND made.generation = served.generation
  LEFT JOIN (
    SELECT
      first.*,
      NULL AS departed_from
    FROM
      (
        WITH RECURSIVE
          present AS (
            SELECT
              min(establishment) AS establishment
            FROM
              desk.tickets
            UNION ALL
            SELECT
              (
                SELECT
                  min(ticket.establishment)
                FROM
                  desk.tickets AS ticket
                WHERE
                  ticket.establishment > present.establishment
              )
            FROM
              present
            WHERE
              present.establishment IS NOT NULL
          )
        SELECT
          establishment
        FROM
          present
        WHERE
          establishment IS NOT NULL
      ) AS mine
      CROSS JOIN LATERAL (
        SELECT
          ticket_id,
          establishment,
          site,
          title,
          description,
          category,
          priority,
          location,
          status,
          team,
          assignee,
          opened_at,
          updated_at,
          resolved_at,
          resolution,
          merged_into,
          links,
          revision,
          position,
          requester,
          watchers,
          attachments
        FROM
          desk.tickets AS ticket
        WHERE
          ticket.establishment = mine.establishment
          AND position > $1::bigint
        ORDER BY
          position
        LIMIT
          $2::integer
      ) AS first
    UNION ALL
    SELECT
      ticket.ticket_id,
      ticket.establishment,
      site,
      title,
      description,
      category,
      priority,
      location,
      status,
      team,
      assignee,
      opened_at,
      updated_at,
      resolved_at,
      resolution,
      merged_into,
      links,
      revision,
      first.left_at,
      requester,
      watchers,
      attachments,
      first.departed_from
    FROM
      (
        WITH RECURSIVE
          present AS (
            SELECT
              min(establishment) AS establishment
            FROM
              desk.tickets
            UNION ALL
            SELECT
              (
                SELECT
                  min(ticket.establishment)
                FROM
                  desk.tickets AS ticket
                WHERE
                  ticket.establishment > present.establishment
              )
            FROM
              present
            WHERE
              present.establishment IS NOT NULL
          )
        SELECT
          establishment
        FROM
          present
        WHERE
          establishment IS NOT NULL
      ) AS mine
      CROSS JOIN LATERAL (
        SELECT
          departure.ticket_id AS id,
          departure.establishment AS departed_from,
          departure.position AS left_at
        FROM
          desk.departures AS departure
        WHERE
          departure.establishment = mine.establishment
          AND departure.position > $1::bigint
        ORDER BY
          departure.position
        LIMIT
          $2::integer
      ) AS first
      JOIN desk.tickets AS ticket ON ticket.ticket_id = first.id
      AND ticket.establishment <> first.departed_from
    ORDER BY
      position,
      departed_from NULLS FIRST
    LIMIT
      $2::integer
  ) AS ticket ON true
WHERE
  served.name = $3::text
ORDER BY
  ticket.position,
  ticket.departed_from NULLS FIRST;

-- selectChanges: active tickets only, up to a position
SELECT
  served.position AS served_position,
  least(
    served.position,
    (
      SELECT
        min(letter.position) - 1
      FROM
        projections.dead_letters AS letter
      WHERE
        letter.name = served.name
        AND letter.generation = served.generation
    )
  ) AS settled,
  made.mark,
  made.mark_position,
  ticket.ticket_id,
  ticket.establishment,
  ticket.merged_into,
  ticket.position,
  ticket.departed_from,
  (
    SELECT
      row_to_json(listed)::text
    FROM
      (
        SELECT
          ticket_id AS "ticketId",
          establishment AS "establishment",
          site AS "site",
          (
            SELECT
              concat(
                substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (bits >> 35 & 31)::integer + 1, 1),
                substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (bits >> 30 & 31)::integer + 1, 1),
                substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (bits >> 25 & 31)::integer + 1, 1),
                substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (bits >> 20 & 31)::integer + 1, 1),
                '-',
                substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (bits >> 15 & 31)::integer + 1, 1),
                substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (bits >> 10 & 31)::integer + 1, 1),
                substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (bits >> 5 & 31)::integer + 1, 1),
                substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (bits >> 0 & 31)::integer + 1, 1)
              )
            FROM
              (
                SELECT
                  ('x' || right(ticket_id::text, 10))::bit(40)::bigint AS bits
              ) AS id
          ) AS "reference",
          title AS "title",
          description AS "description",
          category AS "category",
          priority AS "priority",
          location AS "location",
          requester AS "requester",
          status AS "status",
          team AS "team",
          assignee AS "assignee",
          coalesce(cardinality(watchers), 0) AS "watchers",
          to_char(opened_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "openedAt",
          to_char(updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "updatedAt",
          to_char(resolved_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "resolvedAt",
          resolution AS "resolution",
          merged_into AS "mergedInto",
          links AS "links",
          revision AS "revision",
          coalesce(attachments, 0) AS "attachments"
      ) AS listed
  ) AS json
FROM
  projections.served AS served
  JOIN projections.generations AS made ON made.name = served.name
  AND made.generation = served.generation
  LEFT JOIN (
    SELECT
      first.*,
      NULL AS departed_from
    FROM
      unnest($1::text[]) AS mine (establishment)
      CROSS JOIN LATERAL (
        SELECT
          ticket_id,
          establishment,
          site,
          title,
          description,
          category,
          priority,
          location,
          status,
          team,
          assignee,
          opened_at,
          updated_at,
          resolved_at,
          resolution,
          merged_into,
          links,
          revision,
          position,
          requester,
          watchers,
          attachments
        FROM
          desk.tickets AS ticket
        WHERE
          ticket.establishment = mine.establishment
          AND position > $2::bigint
          AND status IN ('open', 'in-progress', 'waiting')
          AND position <= $3::bigint
        ORDER BY
          position
        LIMIT
          $4::integer
      ) AS first
    ORDER BY
      position,
      departed_from NULLS FIRST
    LIMIT
      $4::integer
  ) AS ticket ON true
WHERE
  served.name = $5::text
ORDER BY
  ticket.position,
  ticket.departed_from NULLS FIRST;
