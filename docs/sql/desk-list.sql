-- The statements as they are sent, in each of their forms. Written by `npm run sql`; a test compares.

-- selectTicketPage: first page by priority
SELECT
  served.position,
  served.incomplete,
  (
    SELECT
      concat_ws(' ', generation, log_epoch)
    FROM
      projections.generations
    WHERE
      name = $1::text
      AND state = 'serving'
  ) AS rows,
  page.*,
  NULL AS counts
FROM
  projections.served AS served,
  (
    SELECT
      coalesce(
        string_agg(
          item,
          ','
          ORDER BY
            number
        ) FILTER (
          WHERE
            number <= $2::integer
        ),
        ''
      ) AS items,
      max(keys) FILTER (
        WHERE
          number = $2::integer
          AND listed > number
      ) AS last,
      max(ticket_id || ' ' || keys) FILTER (
        WHERE
          number > $2::integer
      ) AS following
    FROM
      (
        SELECT
          ticket_id,
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
          ) AS item,
          concat_ws(' ', priority, to_char(opened_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), ticket_id) AS keys,
          row_number() OVER (
            ORDER BY
              priority ASC,
              opened_at ASC,
              ticket_id ASC
          ) AS number,
          count(*) OVER () AS listed
        FROM
          (
            SELECT
              first.*
            FROM
              unnest($3::text[]) AS mine (establishment)
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
                ORDER BY
                  priority ASC,
                  opened_at ASC,
                  ticket_id ASC
                LIMIT
                  $2::integer + 1
              ) AS first
            ORDER BY
              priority ASC,
              opened_at ASC,
              ticket_id ASC
            LIMIT
              $2::integer + 1
          ) AS ticket
      ) AS listed
  ) AS page
WHERE
  served.name = $4::text;

-- selectTicketPage: first page by -priority
SELECT
  served.position,
  served.incomplete,
  (
    SELECT
      concat_ws(' ', generation, log_epoch)
    FROM
      projections.generations
    WHERE
      name = $1::text
      AND state = 'serving'
  ) AS rows,
  page.*,
  NULL AS counts
FROM
  projections.served AS served,
  (
    SELECT
      coalesce(
        string_agg(
          item,
          ','
          ORDER BY
            number
        ) FILTER (
          WHERE
            number <= $2::integer
        ),
        ''
      ) AS items,
      max(keys) FILTER (
        WHERE
          number = $2::integer
          AND listed > number
      ) AS last,
      max(ticket_id || ' ' || keys) FILTER (
        WHERE
          number > $2::integer
      ) AS following
    FROM
      (
        SELECT
          ticket_id,
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
          ) AS item,
          concat_ws(' ', priority, to_char(opened_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), ticket_id) AS keys,
          row_number() OVER (
            ORDER BY
              priority DESC,
              opened_at DESC,
              ticket_id DESC
          ) AS number,
          count(*) OVER () AS listed
        FROM
          (
            SELECT
              first.*
            FROM
              unnest($3::text[]) AS mine (establishment)
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
                ORDER BY
                  priority DESC,
                  opened_at DESC,
                  ticket_id DESC
                LIMIT
                  $2::integer + 1
              ) AS first
            ORDER BY
              priority DESC,
              opened_at DESC,
              ticket_id DESC
            LIMIT
              $2::integer + 1
          ) AS ticket
      ) AS listed
  ) AS page
WHERE
  served.name = $4::text;

-- selectTicketPage: first page by age
SELECT
  served.position,
  served.incomplete,
  (
    SELECT
      concat_ws(' ', generation, log_epoch)
    FROM
      projections.generations
    WHERE
      name = $1::text
      AND state = 'serving'
  ) AS rows,
  page.*,
  NULL AS counts
FROM
  projections.served AS served,
  (
    SELECT
      coalesce(
        string_agg(
          item,
          ','
          ORDER BY
            number
        ) FILTER (
          WHERE
            number <= $2::integer
        ),
        ''
      ) AS items,
      max(keys) FILTER (
        WHERE
          number = $2::integer
          AND listed > number
      ) AS last,
      max(ticket_id || ' ' || keys) FILTER (
        WHERE
          number > $2::integer
      ) AS following
    FROM
      (
        SELECT
          ticket_id,
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
          ) AS item,
          concat_ws(' ', to_char(opened_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), ticket_id) AS keys,
          row_number() OVER (
            ORDER BY
              opened_at DESC,
              ticket_id DESC
          ) AS number,
          count(*) OVER () AS listed
        FROM
          (
            SELECT
              first.*
            FROM
              unnest($3::text[]) AS mine (establishment)
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
                ORDER BY
                  opened_at DESC,
                  ticket_id DESC
                LIMIT
                  $2::integer + 1
              ) AS first
            ORDER BY
              opened_at DESC,
              ticket_id DESC
            LIMIT
              $2::integer + 1
          ) AS ticket
      ) AS listed
  ) AS page
WHERE
  served.name = $4::text;

-- selectTicketPage: first page by -age
SELECT
  served.position,
  served.incomplete,
  (
    SELECT
      concat_ws(' ', generation, log_epoch)
    FROM
      projections.generations
    WHERE
      name = $1::text
      AND state = 'serving'
  ) AS rows,
  page.*,
  NULL AS counts
FROM
  projections.served AS served,
  (
    SELECT
      coalesce(
        string_agg(
          item,
          ','
          ORDER BY
            number
        ) FILTER (
          WHERE
            number <= $2::integer
        ),
        ''
      ) AS items,
      max(keys) FILTER (
        WHERE
          number = $2::integer
          AND listed > number
      ) AS last,
      max(ticket_id || ' ' || keys) FILTER (
        WHERE
          number > $2::integer
      ) AS following
    FROM
      (
        SELECT
          ticket_id,
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
          ) AS item,
          concat_ws(' ', to_char(opened_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), ticket_id) AS keys,
          row_number() OVER (
            ORDER BY
              opened_at ASC,
              ticket_id ASC
          ) AS number,
          count(*) OVER () AS listed
        FROM
          (
            SELECT
              first.*
            FROM
              unnest($3::text[]) AS mine (establishment)
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
                ORDER BY
                  opened_at ASC,
                  ticket_id ASC
                LIMIT
                  $2::integer + 1
              ) AS first
            ORDER BY
              opened_at ASC,
              ticket_id ASC
            LIMIT
              $2::integer + 1
          ) AS ticket
      ) AS listed
  ) AS page
WHERE
  served.name = $4::text;

-- selectTicketPage: first page by updated
SELECT
  served.position,
  served.incomplete,
  (
    SELECT
      concat_ws(' ', generation, log_epoch)
    FROM
      projections.generations
    WHERE
      name = $1::text
      AND state = 'serving'
  ) AS rows,
  page.*,
  NULL AS counts
FROM
  projections.served AS served,
  (
    SELECT
      coalesce(
        string_agg(
          item,
          ','
          ORDER BY
            number
        ) FILTER (
          WHERE
            number <= $2::integer
        ),
        ''
      ) AS items,
      max(keys) FILTER (
        WHERE
          number = $2::integer
          AND listed > number
      ) AS last,
      max(ticket_id || ' ' || keys) FILTER (
        WHERE
          number > $2::integer
      ) AS following
    FROM
      (
        SELECT
          ticket_id,
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
          ) AS item,
          concat_ws(' ', position) AS keys,
          row_number() OVER (
            ORDER BY
              position ASC
          ) AS number,
          count(*) OVER () AS listed
        FROM
          (
            SELECT
              first.*
            FROM
              unnest($3::text[]) AS mine (establishment)
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
                ORDER BY
                  position ASC
                LIMIT
                  $2::integer + 1
              ) AS first
            ORDER BY
              position ASC
            LIMIT
              $2::integer + 1
          ) AS ticket
      ) AS listed
  ) AS page
WHERE
  served.name = $4::text;

-- selectTicketPage: first page by -updated
SELECT
  served.position,
  served.incomplete,
  (
    SELECT
      concat_ws(' ', generation, log_epoch)
    FROM
      projections.generations
    WHERE
      name = $1::text
      AND state = 'serving'
  ) AS rows,
  page.*,
  NULL AS counts
FROM
  projections.served AS served,
  (
    SELECT
      coalesce(
        string_agg(
          item,
          ','
          ORDER BY
            number
        ) FILTER (
          WHERE
            number <= $2::integer
        ),
        ''
      ) AS items,
      max(keys) FILTER (
        WHERE
          number = $2::integer
          AND listed > number
      ) AS last,
      max(ticket_id || ' ' || keys) FILTER (
        WHERE
          number > $2::integer
      ) AS following
    FROM
      (
        SELECT
          ticket_id,
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
          ) AS item,
          concat_ws(' ', position) AS keys,
          row_number() OVER (
            ORDER BY
              position DESC
          ) AS number,
          count(*) OVER () AS listed
        FROM
          (
            SELECT
              first.*
            FROM
              unnest($3::text[]) AS mine (establishment)
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
                ORDER BY
                  position DESC
                LIMIT
                  $2::integer + 1
              ) AS first
            ORDER BY
              position DESC
            LIMIT
              $2::integer + 1
          ) AS ticket
      ) AS listed
  ) AS page
WHERE
  served.name = $4::text;

-- selectTicketPage: next page by priority
SELECT
  served.position,
  served.incomplete,
  (
    SELECT
      concat_ws(' ', generation, log_epoch)
    FROM
      projections.generations
    WHERE
      name = $1::text
      AND state = 'serving'
  ) AS rows,
  page.*,
  NULL AS counts
FROM
  projections.served AS served,
  (
    SELECT
      coalesce(
        string_agg(
          item,
          ','
          ORDER BY
            number
        ) FILTER (
          WHERE
            number <= $2::integer
        ),
        ''
      ) AS items,
      max(keys) FILTER (
        WHERE
          number = $2::integer
          AND listed > number
      ) AS last,
      max(ticket_id || ' ' || keys) FILTER (
        WHERE
          number > $2::integer
      ) AS following
    FROM
      (
        SELECT
          ticket_id,
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
          ) AS item,
          concat_ws(' ', priority, to_char(opened_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), ticket_id) AS keys,
          row_number() OVER (
            ORDER BY
              priority ASC,
              opened_at ASC,
              ticket_id ASC
          ) AS number,
          count(*) OVER () AS listed
        FROM
          (
            SELECT
              first.*
            FROM
              unnest($3::text[]) AS mine (establishment)
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
                  AND (priority, opened_at, ticket_id) > ($4::text, $5::timestamptz, $6::uuid)
                  AND ticket.position <= $7::bigint
                ORDER BY
                  priority ASC,
                  opened_at ASC,
                  ticket_id ASC
                LIMIT
                  $2::integer + 1
              ) AS first
            ORDER BY
              priority ASC,
              opened_at ASC,
              ticket_id ASC
            LIMIT
              $2::integer + 1
          ) AS ticket
      ) AS listed
  ) AS page
WHERE
  served.name = $8::text;

-- selectTicketPage: next page by -priority
SELECT
  served.position,
  served.incomplete,
  (
    SELECT
      concat_ws(' ', generation, log_epoch)
    FROM
      projections.generations
    WHERE
      name = $1::text
      AND state = 'serving'
  ) AS rows,
  page.*,
  NULL AS counts
FROM
  projections.served AS served,
  (
    SELECT
      coalesce(
        string_agg(
          item,
          ','
          ORDER BY
            number
        ) FILTER (
          WHERE
            number <= $2::integer
        ),
        ''
      ) AS items,
      max(keys) FILTER (
        WHERE
          number = $2::integer
          AND listed > number
      ) AS last,
      max(ticket_id || ' ' || keys) FILTER (
        WHERE
          number > $2::integer
      ) AS following
    FROM
      (
        SELECT
          ticket_id,
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
          ) AS item,
          concat_ws(' ', priority, to_char(opened_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), ticket_id) AS keys,
          row_number() OVER (
            ORDER BY
              priority DESC,
              opened_at DESC,
              ticket_id DESC
          ) AS number,
          count(*) OVER () AS listed
        FROM
          (
            SELECT
              first.*
            FROM
              unnest($3::text[]) AS mine (establishment)
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
                  AND (priority, opened_at, ticket_id) < ($4::text, $5::timestamptz, $6::uuid)
                  AND ticket.position <= $7::bigint
                ORDER BY
                  priority DESC,
                  opened_at DESC,
                  ticket_id DESC
                LIMIT
                  $2::integer + 1
              ) AS first
            ORDER BY
              priority DESC,
              opened_at DESC,
              ticket_id DESC
            LIMIT
              $2::integer + 1
          ) AS ticket
      ) AS listed
  ) AS page
WHERE
  served.name = $8::text;

-- selectTicketPage: next page by age
SELECT
  served.position,
  served.incomplete,
  (
    SELECT
      concat_ws(' ', generation, log_epoch)
    FROM
      projections.generations
    WHERE
      name = $1::text
      AND state = 'serving'
  ) AS rows,
  page.*,
  NULL AS counts
FROM
  projections.served AS served,
  (
    SELECT
      coalesce(
        string_agg(
          item,
          ','
          ORDER BY
            number
        ) FILTER (
          WHERE
            number <= $2::integer
        ),
        ''
      ) AS items,
      max(keys) FILTER (
        WHERE
          number = $2::integer
          AND listed > number
      ) AS last,
      max(ticket_id || ' ' || keys) FILTER (
        WHERE
          number > $2::integer
      ) AS following
    FROM
      (
        SELECT
          ticket_id,
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
          ) AS item,
          concat_ws(' ', to_char(opened_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), ticket_id) AS keys,
          row_number() OVER (
            ORDER BY
              opened_at DESC,
              ticket_id DESC
          ) AS number,
          count(*) OVER () AS listed
        FROM
          (
            SELECT
              first.*
            FROM
              unnest($3::text[]) AS mine (establishment)
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
                  AND (opened_at, ticket_id) < ($4::timestamptz, $5::uuid)
                  AND ticket.position <= $6::bigint
                ORDER BY
                  opened_at DESC,
                  ticket_id DESC
                LIMIT
                  $2::integer + 1
              ) AS first
            ORDER BY
              opened_at DESC,
              ticket_id DESC
            LIMIT
              $2::integer + 1
          ) AS ticket
      ) AS listed
  ) AS page
WHERE
  served.name = $7::text;

-- selectTicketPage: next page by -age
SELECT
  served.position,
  served.incomplete,
  (
    SELECT
      concat_ws(' ', generation, log_epoch)
    FROM
      projections.generations
    WHERE
      name = $1::text
      AND state = 'serving'
  ) AS rows,
  page.*,
  NULL AS counts
FROM
  projections.served AS served,
  (
    SELECT
      coalesce(
        string_agg(
          item,
          ','
          ORDER BY
            number
        ) FILTER (
          WHERE
            number <= $2::integer
        ),
        ''
      ) AS items,
      max(keys) FILTER (
        WHERE
          number = $2::integer
          AND listed > number
      ) AS last,
      max(ticket_id || ' ' || keys) FILTER (
        WHERE
          number > $2::integer
      ) AS following
    FROM
      (
        SELECT
          ticket_id,
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
          ) AS item,
          concat_ws(' ', to_char(opened_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), ticket_id) AS keys,
          row_number() OVER (
            ORDER BY
              opened_at ASC,
              ticket_id ASC
          ) AS number,
          count(*) OVER () AS listed
        FROM
          (
            SELECT
              first.*
            FROM
              unnest($3::text[]) AS mine (establishment)
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
                  AND (opened_at, ticket_id) > ($4::timestamptz, $5::uuid)
                  AND ticket.position <= $6::bigint
                ORDER BY
                  opened_at ASC,
                  ticket_id ASC
                LIMIT
                  $2::integer + 1
              ) AS first
            ORDER BY
              opened_at ASC,
              ticket_id ASC
            LIMIT
              $2::integer + 1
          ) AS ticket
      ) AS listed
  ) AS page
WHERE
  served.name = $7::text;

-- selectTicketPage: next page by updated
SELECT
  served.position,
  served.incomplete,
  (
    SELECT
      concat_ws(' ', generation, log_epoch)
    FROM
      projections.generations
    WHERE
      name = $1::text
      AND state = 'serving'
  ) AS rows,
  page.*,
  NULL AS counts
FROM
  projections.served AS served,
  (
    SELECT
      coalesce(
        string_agg(
          item,
          ','
          ORDER BY
            number
        ) FILTER (
          WHERE
            number <= $2::integer
        ),
        ''
      ) AS items,
      max(keys) FILTER (
        WHERE
          number = $2::integer
          AND listed > number
      ) AS last,
      max(ticket_id || ' ' || keys) FILTER (
        WHERE
          number > $2::integer
      ) AS following
    FROM
      (
        SELECT
          ticket_id,
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
          ) AS item,
          concat_ws(' ', position) AS keys,
          row_number() OVER (
            ORDER BY
              position ASC
          ) AS number,
          count(*) OVER () AS listed
        FROM
          (
            SELECT
              first.*
            FROM
              unnest($3::text[]) AS mine (establishment)
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
                  AND (position) > ($4::bigint)
                  AND ticket.position <= $5::bigint
                ORDER BY
                  position ASC
                LIMIT
                  $2::integer + 1
              ) AS first
            ORDER BY
              position ASC
            LIMIT
              $2::integer + 1
          ) AS ticket
      ) AS listed
  ) AS page
WHERE
  served.name = $6::text;

-- selectTicketPage: next page by -updated
SELECT
  served.position,
  served.incomplete,
  (
    SELECT
      concat_ws(' ', generation, log_epoch)
    FROM
      projections.generations
    WHERE
      name = $1::text
      AND state = 'serving'
  ) AS rows,
  page.*,
  NULL AS counts
FROM
  projections.served AS served,
  (
    SELECT
      coalesce(
        string_agg(
          item,
          ','
          ORDER BY
            number
        ) FILTER (
          WHERE
            number <= $2::integer
        ),
        ''
      ) AS items,
      max(keys) FILTER (
        WHERE
          number = $2::integer
          AND listed > number
      ) AS last,
      max(ticket_id || ' ' || keys) FILTER (
        WHERE
          number > $2::integer
      ) AS following
    FROM
      (
        SELECT
          ticket_id,
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
          ) AS item,
          concat_ws(' ', position) AS keys,
          row_number() OVER (
            ORDER BY
              position DESC
          ) AS number,
          count(*) OVER () AS listed
        FROM
          (
            SELECT
              first.*
            FROM
              unnest($3::text[]) AS mine (establishment)
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
                  AND (position) < ($4::bigint)
                  AND ticket.position <= $5::bigint
                ORDER BY
                  position DESC
                LIMIT
                  $2::integer + 1
              ) AS first
            ORDER BY
              position DESC
            LIMIT
              $2::integer + 1
          ) AS ticket
      ) AS listed
  ) AS page
WHERE
  served.name = $6::text;

-- selectTicketPage: of all establishments, with counts
SELECT
  served.position,
  served.incomplete,
  (
    SELECT
      concat_ws(' ', generation, log_epoch)
    FROM
      projections.generations
    WHERE
      name = $1::text
      AND state = 'serving'
  ) AS rows,
  page.*,
  (
    SELECT
      jsonb_object_agg(status, count)
    FROM
      (
        SELECT
          status,
          count(*)
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
          JOIN desk.tickets AS ticket ON ticket.establishment = mine.establishment
        GROUP BY
          status
      ) AS counted
  ) AS counts
FROM
  projections.served AS served,
  (
    SELECT
      coalesce(
        string_agg(
          item,
          ','
          ORDER BY
            number
        ) FILTER (
          WHERE
            number <= $2::integer
        ),
        ''
      ) AS items,
      max(keys) FILTER (
        WHERE
          number = $2::integer
          AND listed > number
      ) AS last,
      max(ticket_id || ' ' || keys) FILTER (
        WHERE
          number > $2::integer
      ) AS following
    FROM
      (
        SELECT
          ticket_id,
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
          ) AS item,
          concat_ws(' ', priority, to_char(opened_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), ticket_id) AS keys,
          row_number() OVER (
            ORDER BY
              priority ASC,
              opened_at ASC,
              ticket_id ASC
          ) AS number,
          count(*) OVER () AS listed
        FROM
          (
            SELECT
              first.*
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
                ORDER BY
                  priority ASC,
                  opened_at ASC,
                  ticket_id ASC
                LIMIT
                  $2::integer + 1
              ) AS first
            ORDER BY
              priority ASC,
              opened_at ASC,
              ticket_id ASC
            LIMIT
              $2::integer + 1
          ) AS ticket
      ) AS listed
  ) AS page
WHERE
  served.name = $3::text;

-- selectTicketPage: with every filter
SELECT
  served.position,
  served.incomplete,
  (
    SELECT
      concat_ws(' ', generation, log_epoch)
    FROM
      projections.generations
    WHERE
      name = $1::text
      AND state = 'serving'
  ) AS rows,
  page.*,
  NULL AS counts
FROM
  projections.served AS served,
  (
    SELECT
      coalesce(
        string_agg(
          item,
          ','
          ORDER BY
            number
        ) FILTER (
          WHERE
            number <= $2::integer
        ),
        ''
      ) AS items,
      max(keys) FILTER (
        WHERE
          number = $2::integer
          AND listed > number
      ) AS last,
      max(ticket_id || ' ' || keys) FILTER (
        WHERE
          number > $2::integer
      ) AS following
    FROM
      (
        SELECT
          ticket_id,
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
          ) AS item,
          concat_ws(' ', priority, to_char(opened_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), ticket_id) AS keys,
          row_number() OVER (
            ORDER BY
              priority ASC,
              opened_at ASC,
              ticket_id ASC
          ) AS number,
          count(*) OVER () AS listed
        FROM
          (
            SELECT
              first.*
            FROM
              unnest($3::text[]) AS mine (establishment)
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
                  AND category = $4::text
                  AND priority = $5::text
                  AND team = $6::text
                  AND assignee = $7::text
                  AND status = ANY ($8::text[])
                  AND opened_at >= $9::timestamptz
                  AND opened_at < $10::timestamptz
                  AND coalesce(
                    opened_day >= $11::date
                    AND opened_day <= $12::date,
                    false
                  )
                  AND status IN ('open', 'in-progress', 'waiting')
                ORDER BY
                  priority ASC,
                  opened_at ASC,
                  ticket_id ASC
                LIMIT
                  $2::integer + 1
              ) AS first
            ORDER BY
              priority ASC,
              opened_at ASC,
              ticket_id ASC
            LIMIT
              $2::integer + 1
          ) AS ticket
      ) AS listed
  ) AS page
WHERE
  served.name = $13::text;

-- selectTicketPage: of active tickets
SELECT
  served.position,
  served.incomplete,
  (
    SELECT
      concat_ws(' ', generation, log_epoch)
    FROM
      projections.generations
    WHERE
      name = $1::text
      AND state = 'serving'
  ) AS rows,
  page.*,
  NULL AS counts
FROM
  projections.served AS served,
  (
    SELECT
      coalesce(
        string_agg(
          item,
          ','
          ORDER BY
            number
        ) FILTER (
          WHERE
            number <= $2::integer
        ),
        ''
      ) AS items,
      max(keys) FILTER (
        WHERE
          number = $2::integer
          AND listed > number
      ) AS last,
      max(ticket_id || ' ' || keys) FILTER (
        WHERE
          number > $2::integer
      ) AS following
    FROM
      (
        SELECT
          ticket_id,
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
          ) AS item,
          concat_ws(' ', priority, to_char(opened_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), ticket_id) AS keys,
          row_number() OVER (
            ORDER BY
              priority ASC,
              opened_at ASC,
              ticket_id ASC
          ) AS number,
          count(*) OVER () AS listed
        FROM
          (
            SELECT
              first.*
            FROM
              unnest($3::text[]) AS mine (establishment)
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
                  AND status = ANY ($4::text[])
                  AND status IN ('open', 'in-progress', 'waiting')
                ORDER BY
                  priority ASC,
                  opened_at ASC,
                  ticket_id ASC
                LIMIT
                  $2::integer + 1
              ) AS first
            ORDER BY
              priority ASC,
              opened_at ASC,
              ticket_id ASC
            LIMIT
              $2::integer + 1
          ) AS ticket
      ) AS listed
  ) AS page
WHERE
  served.name = $5::text;

-- selectTicketPage: of those that no person has
SELECT
  served.position,
  served.incomplete,
  (
    SELECT
      concat_ws(' ', generation, log_epoch)
    FROM
      projections.generations
    WHERE
      name = $1::text
      AND state = 'serving'
  ) AS rows,
  page.*,
  NULL AS counts
FROM
  projections.served AS served,
  (
    SELECT
      coalesce(
        string_agg(
          item,
          ','
          ORDER BY
            number
        ) FILTER (
          WHERE
            number <= $2::integer
        ),
        ''
      ) AS items,
      max(keys) FILTER (
        WHERE
          number = $2::integer
          AND listed > number
      ) AS last,
      max(ticket_id || ' ' || keys) FILTER (
        WHERE
          number > $2::integer
      ) AS following
    FROM
      (
        SELECT
          ticket_id,
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
          ) AS item,
          concat_ws(' ', priority, to_char(opened_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), ticket_id) AS keys,
          row_number() OVER (
            ORDER BY
              priority ASC,
              opened_at ASC,
              ticket_id ASC
          ) AS number,
          count(*) OVER () AS listed
        FROM
          (
            SELECT
              first.*
            FROM
              unnest($3::text[]) AS mine (establishment)
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
                  AND assignee IS NULL
                ORDER BY
                  priority ASC,
                  opened_at ASC,
                  ticket_id ASC
                LIMIT
                  $2::integer + 1
              ) AS first
            ORDER BY
              priority ASC,
              opened_at ASC,
              ticket_id ASC
            LIMIT
              $2::integer + 1
          ) AS ticket
      ) AS listed
  ) AS page
WHERE
  served.name = $4::text;

-- selectTicketPage: of active tickets of one’s own teams
SELECT
  served.position,
  served.incomplete,
  (
    SELECT
      concat_ws(' ', generation, log_epoch)
    FROM
      projections.generations
    WHERE
      name = $1::text
      AND state = 'serving'
  ) AS rows,
  page.*,
  NULL AS counts
FROM
  projections.served AS served,
  (
    SELECT
      coalesce(
        string_agg(
          item,
          ','
          ORDER BY
            number
        ) FILTER (
          WHERE
            number <= $2::integer
        ),
        ''
      ) AS items,
      max(keys) FILTER (
        WHERE
          number = $2::integer
          AND listed > number
      ) AS last,
      max(ticket_id || ' ' || keys) FILTER (
        WHERE
          number > $2::integer
      ) AS following
    FROM
      (
        SELECT
          ticket_id,
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
          ) AS item,
          concat_ws(' ', priority, to_char(opened_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), ticket_id) AS keys,
          row_number() OVER (
            ORDER BY
              priority ASC,
              opened_at ASC,
              ticket_id ASC
          ) AS number,
          count(*) OVER () AS listed
        FROM
          (
            SELECT
              first.*
            FROM
              unnest($3::text[]) AS mine (establishment)
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
                  AND team = ANY (
                    (
                      SELECT
                        teams
                      FROM
                        preferences.own_teams
                      WHERE
                        person = $4::text
                    )::text[]
                  )
                  AND status = ANY ($5::text[])
                  AND status IN ('open', 'in-progress', 'waiting')
                ORDER BY
                  priority ASC,
                  opened_at ASC,
                  ticket_id ASC
                LIMIT
                  $2::integer + 1
              ) AS first
            ORDER BY
              priority ASC,
              opened_at ASC,
              ticket_id ASC
            LIMIT
              $2::integer + 1
          ) AS ticket
      ) AS listed
  ) AS page
WHERE
  served.name = $6::text;

-- selectTicketPage: of active tickets, with counts
SELECT
  served.position,
  served.incomplete,
  (
    SELECT
      concat_ws(' ', generation, log_epoch)
    FROM
      projections.generations
    WHERE
      name = $1::text
      AND state = 'serving'
  ) AS rows,
  page.*,
  (
    SELECT
      jsonb_object_agg(status, count)
    FROM
      (
        SELECT
          status,
          count(*)
        FROM
          unnest($2::text[]) AS mine (establishment)
          JOIN desk.tickets AS ticket ON ticket.establishment = mine.establishment
          AND status = ANY ($3::text[])
          AND status IN ('open', 'in-progress', 'waiting')
        GROUP BY
          status
      ) AS counted
  ) AS counts
FROM
  projections.served AS served,
  (
    SELECT
      coalesce(
        string_agg(
          item,
          ','
          ORDER BY
            number
        ) FILTER (
          WHERE
            number <= $4::integer
        ),
        ''
      ) AS items,
      max(keys) FILTER (
        WHERE
          number = $4::integer
          AND listed > number
      ) AS last,
      max(ticket_id || ' ' || keys) FILTER (
        WHERE
          number > $4::integer
      ) AS following
    FROM
      (
        SELECT
          ticket_id,
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
          ) AS item,
          concat_ws(' ', priority, to_char(opened_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), ticket_id) AS keys,
          row_number() OVER (
            ORDER BY
              priority ASC,
              opened_at ASC,
              ticket_id ASC
          ) AS number,
          count(*) OVER () AS listed
        FROM
          (
            SELECT
              first.*
            FROM
              unnest($2::text[]) AS mine (establishment)
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
                  AND status = ANY ($5::text[])
                  AND status IN ('open', 'in-progress', 'waiting')
                ORDER BY
                  priority ASC,
                  opened_at ASC,
                  ticket_id ASC
                LIMIT
                  $4::integer + 1
              ) AS first
            ORDER BY
              priority ASC,
              opened_at ASC,
              ticket_id ASC
            LIMIT
              $4::integer + 1
          ) AS ticket
      ) AS listed
  ) AS page
WHERE
  served.name = $6::text;

-- selectListChanges
SELECT
  served.position,
  served.incomplete,
  (
    SELECT
      concat_ws(' ', generation, log_epoch)
    FROM
      projections.generations
    WHERE
      name = $1::text
      AND state = 'serving'
  ) AS rows,
  CASE
    WHEN served.position > $2::bigint THEN (
      SELECT
        coalesce(json_agg(changed), '[]')
      FROM
        (
          SELECT
            later.*,
            ARRAY(
              SELECT
                departed.establishment
              FROM
                desk.departures AS departed
              WHERE
                departed.ticket_id = later.ticket_id
                AND departed.position > $2::bigint
            ) AS "left"
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
            ) AS present
            CROSS JOIN LATERAL (
              SELECT
                ticket_id,
                establishment,
                category,
                priority,
                status,
                team,
                assignee,
                requester_words,
                watchers,
                to_char(opened_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS opened_at,
                position::text
              FROM
                desk.tickets AS ticket
              WHERE
                ticket.establishment = present.establishment
                AND ticket.position > $2::bigint
              ORDER BY
                ticket.position
              LIMIT
                $3::integer + 1
            ) AS later
          LIMIT
            $3::integer + 1
        ) AS changed
    )
    ELSE '[]'
  END AS changes
FROM
  projections.served AS served
WHERE
  served.name = $4::text;
