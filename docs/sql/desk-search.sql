-- The statements as they are sent, in each of their forms. Written by `npm run sql`; a test compares.

-- selectServed
SELECT
  min(position) AS position,
  max(incomplete) AS incomplete,
  (
    SELECT
      json_build_object('oldest', coalesce(min(band), 0), 'newest', coalesce(max(band), -1))
    FROM
      desk.ticket_texts
  ) AS weeks
FROM
  projections.served
WHERE
  name = ANY ($1::text[]);

-- selectStems
SELECT
  word,
  ts_lexize('pg_catalog.french_stem', word) AS french,
  ts_lexize('pg_catalog.english_stem', word) AS english
FROM
  unnest($1::text[]) AS word;

-- selectAlike
SELECT
  given.word,
  nearest.alike
FROM
  unnest($1::text[]) AS given (word)
  CROSS JOIN LATERAL (
    SELECT
      coalesce(
        array_agg(known.word) FILTER (
          WHERE
            NOT starts_with(known.word, given.word)
        ),
        '{}'
      ) AS alike
    FROM
      (
        SELECT
          word
        FROM
          desk.known_words
        WHERE
          word % given.word
          AND similarity (word, given.word) >= 0.4
        ORDER BY
          similarity (word, given.word) DESC,
          word
        LIMIT
          5
      ) AS known
  ) AS nearest;

-- selectPlannedRows: of some establishments
EXPLAIN (FORMAT JSON)
SELECT
FROM
  desk.tickets AS ticket
WHERE
  ticket.establishment = ANY ($1::text[]);

-- selectPlannedRows: of all, filtered
EXPLAIN (FORMAT JSON)
SELECT
FROM
  desk.tickets AS ticket
WHERE
  priority = $1::text;

-- selectFirst: by relevance, in few weeks
SELECT
  *
FROM
  (
    SELECT
      *
    FROM
      (
        SELECT
          ticket_id,
          1 AS exact,
          band,
          rank
        FROM
          (
            SELECT
              ticket_id,
              opened,
              band,
              ts_rank(text.words, $1::tsquery)::float8 AS rank
            FROM
              desk.ticket_texts AS text
            WHERE
              search.in_band (text.band, text.words) @@ $2::tsquery
              AND ts_match_vq (text.words, $1::tsquery)
              AND NOT (
                text.split
                AND EXISTS (
                  SELECT
                  FROM
                    desk.ticket_texts AS other
                  WHERE
                    other.ticket_id = text.ticket_id
                    AND other.part < text.part
                    AND ts_match_vq (other.words, $1::tsquery)
                )
              )
            OFFSET
              0
          ) AS text
      ) AS found
    ORDER BY
      band DESC,
      rank DESC,
      ticket_id DESC
    OFFSET
      0
  ) AS found
WHERE
  EXISTS (
    SELECT
    FROM
      desk.tickets AS ticket
    WHERE
      ticket.ticket_id = found.ticket_id
      AND ticket.establishment = ANY ($3::text[])
    OFFSET
      0
  )
ORDER BY
  band DESC,
  rank DESC,
  ticket_id DESC
LIMIT
  $4::integer;

-- selectFirst: by relevance, in few weeks, with internal notes
SELECT
  *
FROM
  (
    SELECT
      *
    FROM
      (
        SELECT
          ticket_id,
          1 AS exact,
          band,
          rank
        FROM
          (
            SELECT
              ticket_id,
              opened,
              band,
              ts_rank(coalesce(text.all_words, text.words), $1::tsquery)::float8 AS rank
            FROM
              desk.ticket_texts AS text
            WHERE
              (
                search.in_band (text.band, text.all_words) @@ $2::tsquery
                OR search.in_band (text.band, text.words) @@ $2::tsquery
              )
              AND ts_match_vq (coalesce(text.all_words, text.words), $1::tsquery)
              AND NOT (
                text.split
                AND EXISTS (
                  SELECT
                  FROM
                    desk.ticket_texts AS other
                  WHERE
                    other.ticket_id = text.ticket_id
                    AND other.part < text.part
                    AND ts_match_vq (coalesce(other.all_words, other.words), $1::tsquery)
                )
              )
            OFFSET
              0
          ) AS text
      ) AS found
    ORDER BY
      band DESC,
      rank DESC,
      ticket_id DESC
    OFFSET
      0
  ) AS found
WHERE
  EXISTS (
    SELECT
    FROM
      desk.tickets AS ticket
    WHERE
      ticket.ticket_id = found.ticket_id
      AND ticket.establishment = ANY ($3::text[])
    OFFSET
      0
  )
ORDER BY
  band DESC,
  rank DESC,
  ticket_id DESC
LIMIT
  $4::integer;

-- selectFirst: by relevance, the rest
SELECT
  *
FROM
  (
    SELECT
      ticket_id,
      1 AS exact,
      band,
      rank
    FROM
      (
        SELECT
          ticket_id,
          opened,
          band,
          ts_rank(text.words, $1::tsquery)::float8 AS rank
        FROM
          desk.ticket_texts AS text
        WHERE
          text.words @@ $1::tsquery
          AND text.band BETWEEN $2::integer AND $3::integer
          AND NOT (
            text.split
            AND EXISTS (
              SELECT
              FROM
                desk.ticket_texts AS other
              WHERE
                other.ticket_id = text.ticket_id
                AND other.part < text.part
                AND ts_match_vq (other.words, $1::tsquery)
            )
          )
      ) AS text
      JOIN desk.tickets AS ticket USING (ticket_id)
    WHERE
      ticket.establishment = ANY ($4::text[])
    OFFSET
      0
  ) AS found
ORDER BY
  band DESC,
  rank DESC,
  ticket_id DESC
LIMIT
  $5::integer;

-- selectFirst: by relevance, what only comes near
SELECT
  *
FROM
  (
    SELECT
      *
    FROM
      (
        SELECT
          ticket_id,
          0 AS exact,
          band,
          rank
        FROM
          (
            SELECT
              ticket_id,
              opened,
              band,
              ts_rank(text.words, $1::tsquery)::float8 AS rank
            FROM
              desk.ticket_texts AS text
            WHERE
              search.in_band (text.band, text.words) @@ $2::tsquery
              AND ts_match_vq (text.words, $1::tsquery)
              AND NOT (
                text.split
                AND EXISTS (
                  SELECT
                  FROM
                    desk.ticket_texts AS other
                  WHERE
                    other.ticket_id = text.ticket_id
                    AND other.part < text.part
                    AND ts_match_vq (other.words, $1::tsquery)
                )
              )
              AND NOT ts_match_vq (text.words, $3::tsquery)
              AND NOT (
                text.split
                AND EXISTS (
                  SELECT
                  FROM
                    desk.ticket_texts AS other
                  WHERE
                    other.ticket_id = text.ticket_id
                    AND other.part <> text.part
                    AND ts_match_vq (other.words, $3::tsquery)
                )
              )
            OFFSET
              0
          ) AS text
      ) AS found
    ORDER BY
      band DESC,
      rank DESC,
      ticket_id DESC
    OFFSET
      0
  ) AS found
WHERE
  EXISTS (
    SELECT
    FROM
      desk.tickets AS ticket
    WHERE
      ticket.ticket_id = found.ticket_id
      AND ticket.establishment = ANY ($4::text[])
    OFFSET
      0
  )
ORDER BY
  band DESC,
  rank DESC,
  ticket_id DESC
LIMIT
  $5::integer;

-- selectFirst: by relevance, a ticket by its reference
SELECT
  *
FROM
  (
    SELECT
      *
    FROM
      (
        SELECT
          ticket_id,
          2 AS exact,
          band,
          rank
        FROM
          (
            SELECT
              ticket_id,
              opened,
              band,
              ts_rank(text.words, $1::tsquery)::float8 AS rank
            FROM
              desk.ticket_texts AS text
            WHERE
              search.in_band (text.band, text.words) @@ $2::tsquery
              AND ts_match_vq (text.words, $1::tsquery)
              AND NOT (
                text.split
                AND EXISTS (
                  SELECT
                  FROM
                    desk.ticket_texts AS other
                  WHERE
                    other.ticket_id = text.ticket_id
                    AND other.part < text.part
                    AND ts_match_vq (other.words, $1::tsquery)
                )
              )
            OFFSET
              0
          ) AS text
      ) AS found
    ORDER BY
      band DESC,
      rank DESC,
      ticket_id DESC
    OFFSET
      0
  ) AS found
WHERE
  EXISTS (
    SELECT
    FROM
      desk.tickets AS ticket
    WHERE
      ticket.ticket_id = found.ticket_id
      AND ticket.establishment = ANY ($3::text[])
    OFFSET
      0
  )
ORDER BY
  band DESC,
  rank DESC,
  ticket_id DESC
LIMIT
  $4::integer;

-- selectFirst: by age, in few weeks, the next page
SELECT
  *
FROM
  (
    SELECT
      *
    FROM
      (
        SELECT
          ticket_id,
          opened AS opened_at
        FROM
          (
            SELECT
              ticket_id,
              opened,
              band,
              ts_rank(text.words, $1::tsquery)::float8 AS rank
            FROM
              desk.ticket_texts AS text
            WHERE
              search.in_band (text.band, text.words) @@ $2::tsquery
              AND ts_match_vq (text.words, $1::tsquery)
              AND NOT (
                text.split
                AND EXISTS (
                  SELECT
                  FROM
                    desk.ticket_texts AS other
                  WHERE
                    other.ticket_id = text.ticket_id
                    AND other.part < text.part
                    AND ts_match_vq (other.words, $1::tsquery)
                )
              )
            OFFSET
              0
          ) AS text
      ) AS found
    WHERE
      (opened_at, ticket_id) < ($3::timestamptz, $4::uuid)
    ORDER BY
      opened_at DESC,
      ticket_id DESC
    OFFSET
      0
  ) AS found
WHERE
  EXISTS (
    SELECT
    FROM
      desk.tickets AS ticket
    WHERE
      ticket.ticket_id = found.ticket_id
      AND ticket.establishment = ANY ($5::text[])
    OFFSET
      0
  )
ORDER BY
  opened_at DESC,
  ticket_id DESC
LIMIT
  $6::integer;

-- selectFirst: by age, the rest, filtered
SELECT
  *
FROM
  (
    SELECT
      ticket_id,
      opened AS opened_at
    FROM
      (
        SELECT
          ticket_id,
          opened,
          band,
          ts_rank(text.words, $1::tsquery)::float8 AS rank
        FROM
          desk.ticket_texts AS text
        WHERE
          text.words @@ $1::tsquery
          AND text.band BETWEEN $2::integer AND $3::integer
          AND NOT (
            text.split
            AND EXISTS (
              SELECT
              FROM
                desk.ticket_texts AS other
              WHERE
                other.ticket_id = text.ticket_id
                AND other.part < text.part
                AND ts_match_vq (other.words, $1::tsquery)
            )
          )
      ) AS text
      JOIN desk.tickets AS ticket USING (ticket_id)
    WHERE
      ticket.establishment = ANY ($4::text[])
      AND category = $5::text
      AND priority = $6::text
      AND team = $7::text
      AND assignee = $8::text
      AND status = ANY ($9::text[])
      AND opened_at >= $10::timestamptz
      AND opened_at < $11::timestamptz
      AND coalesce(
        opened_day >= $12::date
        AND opened_day <= $13::date,
        false
      )
    OFFSET
      0
  ) AS found
ORDER BY
  opened_at DESC,
  ticket_id DESC
LIMIT
  $14::integer;

-- selectFirstOfAll: by priority
SELECT
  ticket_id
FROM
  desk.ticket_texts AS text
  JOIN desk.tickets AS ticket USING (ticket_id)
WHERE
  text.words @@ $1::tsquery
  AND NOT (
    text.split
    AND EXISTS (
      SELECT
      FROM
        desk.ticket_texts AS other
      WHERE
        other.ticket_id = text.ticket_id
        AND other.part < text.part
        AND ts_match_vq (other.words, $1::tsquery)
    )
  )
  AND ticket.establishment = ANY ($2::text[])
ORDER BY
  priority ASC,
  opened_at ASC,
  ticket_id ASC
LIMIT
  $3::integer;

-- selectFirstOfAll: by -updated, the next page
SELECT
  ticket_id
FROM
  desk.ticket_texts AS text
  JOIN desk.tickets AS ticket USING (ticket_id)
WHERE
  text.words @@ $1::tsquery
  AND NOT (
    text.split
    AND EXISTS (
      SELECT
      FROM
        desk.ticket_texts AS other
      WHERE
        other.ticket_id = text.ticket_id
        AND other.part < text.part
        AND ts_match_vq (other.words, $1::tsquery)
    )
  )
  AND ticket.establishment = ANY ($2::text[])
  AND (position) < ($3::bigint)
  AND ticket.position <= $4::bigint
ORDER BY
  position DESC
LIMIT
  $5::integer;

-- selectMatchCounts
SELECT
  status,
  count(*)::integer AS count
FROM
  desk.ticket_texts AS text
  JOIN desk.tickets AS ticket USING (ticket_id)
WHERE
  text.words @@ $1::tsquery
  AND NOT (
    text.split
    AND EXISTS (
      SELECT
      FROM
        desk.ticket_texts AS other
      WHERE
        other.ticket_id = text.ticket_id
        AND other.part < text.part
        AND ts_match_vq (other.words, $1::tsquery)
    )
  )
  AND ticket.establishment = ANY ($2::text[])
GROUP BY
  status;

-- selectMatchCounts: with internal notes
SELECT
  status,
  count(*)::integer AS count
FROM
  desk.ticket_texts AS text
  JOIN desk.tickets AS ticket USING (ticket_id)
WHERE
  (
    text.all_words @@ $1::tsquery
    OR (
      text.all_words IS NULL
      AND text.words @@ $1::tsquery
    )
  )
  AND NOT (
    text.split
    AND EXISTS (
      SELECT
      FROM
        desk.ticket_texts AS other
      WHERE
        other.ticket_id = text.ticket_id
        AND other.part < text.part
        AND ts_match_vq (coalesce(other.all_words, other.words), $1::tsquery)
    )
  )
  AND ticket.establishment = ANY ($2::text[])
GROUP BY
  status;

-- selectFound: by relevance
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
  concat_ws(' ', exact, band, rank, ticket_id) AS keys,
  ticket.title AS heading,
  shown.text
FROM
  unnest($1::uuid[], $2::integer[], $3::integer[], $4::float8[]) WITH ORDINALITY AS found (ticket_id, exact, band, rank, number)
  JOIN desk.tickets AS ticket USING (ticket_id)
  CROSS JOIN LATERAL (
    SELECT
      concat_ws(E'\n', nullif(body, ''), nullif(right(notes, 20000), '')) AS text
    FROM
      desk.ticket_texts AS text
    WHERE
      text.ticket_id = found.ticket_id
    ORDER BY
      CASE
        WHEN text.split THEN ts_match_vq (text.words, $5::tsquery)
      END DESC,
      text.part DESC
    LIMIT
      1
  ) AS shown
ORDER BY
  number;

-- selectFound: by age, with internal notes
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
  ticket.title AS heading,
  shown.text
FROM
  unnest($1::uuid[], $2::integer[], $3::integer[], $4::float8[]) WITH ORDINALITY AS found (ticket_id, exact, band, rank, number)
  JOIN desk.tickets AS ticket USING (ticket_id)
  CROSS JOIN LATERAL (
    SELECT
      concat_ws(E'\n', nullif(body, ''), nullif(right(notes, 20000), ''), nullif(right(internal_notes, 20000), '')) AS text
    FROM
      desk.ticket_texts AS text
    WHERE
      text.ticket_id = found.ticket_id
    ORDER BY
      CASE
        WHEN text.split THEN ts_match_vq (coalesce(text.all_words, text.words), $5::tsquery)
      END DESC,
      text.part DESC
    LIMIT
      1
  ) AS shown
ORDER BY
  number;
