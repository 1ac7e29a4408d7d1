-- The statements as they are sent, in each of their forms. Written by `npm run sql`; a test compares.

-- updateTickets
UPDATE tickets AS ticket
SET
  establishment = coalesce(change.establishment, ticket.establishment),
  site = CASE
    WHEN change.establishment IS NULL THEN ticket.site
    ELSE change.site
  END,
  title = coalesce(change.title, ticket.title),
  description = CASE
    WHEN change.erased THEN NULL
    ELSE coalesce(change.description, ticket.description)
  END,
  category = coalesce(change.category, ticket.category),
  priority = coalesce(change.priority, ticket.priority),
  location = CASE
    WHEN change.erased THEN NULL
    ELSE coalesce(change.location, ticket.location)
  END,
  status = coalesce(change.status, ticket.status),
  team = nullif(coalesce(change.team, ticket.team), ''),
  assignee = nullif(coalesce(change.assignee, ticket.assignee), ''),
  opened_at = coalesce(change.opened_at, ticket.opened_at),
  opened_day = coalesce(change.opened_day, ticket.opened_day),
  resolved_at = CASE
    WHEN change.unresolved THEN change.resolved_at
    ELSE coalesce(change.resolved_at, ticket.resolved_at)
  END,
  resolution = CASE
    WHEN change.unresolved
    OR change.resolution IS NOT NULL THEN change.resolution
    WHEN change.erased THEN jsonb_set(ticket.resolution, '{note}', '""')
    ELSE ticket.resolution
  END,
  merged_into = coalesce(change.merged_into, ticket.merged_into),
  links = ticket.links || coalesce(change.links, '[]'),
  updated_at = coalesce(change.updated_at, ticket.updated_at),
  revision = coalesce(change.revision, ticket.revision),
  position = coalesce(change.position, ticket.position),
  requester = CASE
    WHEN change.nobody THEN NULL
    ELSE coalesce(change.requester, ticket.requester)
  END,
  requester_words = CASE
    WHEN change.nobody THEN NULL
    ELSE coalesce(change.requester_words, ticket.requester_words)
  END,
  watchers = CASE
    WHEN change.watchers IS NULL THEN ticket.watchers
    ELSE ARRAY(
      SELECT
        watcher
      FROM
        (
          SELECT
            unnest(ticket.watchers)
          EXCEPT
          SELECT
            unnest(change.unwatched)
          UNION
          SELECT
            unnest(change.watchers)
        ) AS now(watcher)
      ORDER BY
        watcher COLLATE "C"
    )
  END,
  attachments = coalesce(ticket.attachments, 0) + coalesce(change.attachments, 0)
FROM
  json_to_recordset($1) AS change (
    ticket_id uuid,
    unresolved boolean,
    erased boolean,
    nobody boolean,
    unwatched text[],
    establishment text,
    site text,
    title text,
    description text,
    category text,
    priority text,
    location text,
    status text,
    team text,
    assignee text,
    opened_at timestamptz,
    opened_day date,
    resolved_at timestamptz,
    resolution jsonb,
    merged_into uuid,
    links jsonb,
    updated_at timestamptz,
    revision integer,
    position bigint,
    requester jsonb,
    requester_words text[],
    watchers text[],
    attachments integer
  )
WHERE
  ticket.ticket_id = change.ticket_id;

-- eraseTickets
UPDATE tickets AS ticket
SET
  title = '',
  description = NULL,
  location = NULL,
  requester = NULL,
  requester_words = NULL,
  resolution = jsonb_set(ticket.resolution, '{note}', '""'),
  position = erased.position
FROM
  unnest($1::uuid[], $2::bigint[]) AS erased (ticket_id, position)
WHERE
  ticket.ticket_id = erased.ticket_id;

-- deleteLaterParts
DELETE FROM ticket_texts
WHERE
  ticket_id = ANY ($1::uuid[])
  AND part > 0;

-- emptyTexts
UPDATE ticket_texts AS text
SET
  heading = '',
  body = '',
  notes = '',
  internal_notes = '',
  words = emptied.words,
  all_words = NULL,
  split = false,
  length = 0,
  bytes = 0
FROM
  unnest($1::uuid[], $2::tsvector[]) AS emptied (ticket_id, words)
WHERE
  text.ticket_id = emptied.ticket_id
  AND text.part = 0;

-- estimateRows
SELECT
  reltuples::float8 AS rows
FROM
  pg_class
WHERE
  oid = 'ticket_texts'::regclass;

-- endWatches
UPDATE watches
SET
  until_position = ended.position
FROM
  unnest($1::uuid[], $2::text[], $3::bigint[]) AS ended (ticket_id, person, position)
WHERE
  watches.ticket_id = ended.ticket_id
  AND watches.person = ended.person
  AND watches.until_position IS NULL
  AND watches.from_position < ended.position;

-- insertNotifications
WITH
  news AS (
    SELECT
      *
    FROM
      unnest(
        $1::uuid[],
        $2::bigint[],
        $3::text[],
        $4::text[],
        $5::boolean[],
        $6::timestamptz[],
        $7::timestamptz[]
      ) AS news (ticket_id, position, type, actor, internal, occurred_at, recorded_at)
  ),
  people AS (
    SELECT
      position,
      person,
      reason,
      1 AS rank
    FROM
      unnest($8::bigint[], $9::text[], $10::text[]) AS told (position, person, reason)
    UNION ALL
    SELECT
      news.position,
      watch.person,
      'watching',
      2
    FROM
      news
      JOIN watches AS watch USING (ticket_id)
    WHERE
      news.position > watch.from_position
      AND (
        watch.until_position IS NULL
        OR news.position < watch.until_position
      )
  )
INSERT INTO
  notifications (person, position, ticket_id, reason, type, actor, internal, occurred_at, recorded_at)
SELECT DISTINCT
  ON (people.person, position) people.person,
  position,
  ticket_id,
  reason,
  type,
  actor,
  internal,
  occurred_at,
  recorded_at
FROM
  people
  JOIN news USING (position)
WHERE
  people.person <> news.actor
ORDER BY
  people.person,
  position,
  rank;

-- forgetMentions
DELETE FROM notifications
WHERE
  ticket_id = ANY ($1::uuid[])
  AND reason = 'mentioned';

-- upsertDepartures
INSERT INTO
  departures (ticket_id, establishment, position)
SELECT
  *
FROM
  unnest($1::uuid[], $2::text[], $3::bigint[])
ON CONFLICT (ticket_id, establishment) DO UPDATE
SET
  position = excluded.position;

-- updateTexts
UPDATE ticket_texts AS text
SET
  notes = concat_ws(E'\n', nullif(text.notes, ''), nullif(change.notes, '')),
  internal_notes = concat_ws(E'\n', nullif(text.internal_notes, ''), nullif(change.internal_notes, '')),
  words = (
    CASE
      WHEN change.words = '' THEN text.words
      ELSE (text.words::text || ' ' || change.words)::tsvector
    END
  ) || change.lent::tsvector,
  all_words = CASE
    WHEN change.internal
    OR text.all_words IS NOT NULL THEN (
      CASE
        WHEN change.all_words = '' THEN coalesce(text.all_words, text.words)
        ELSE (coalesce(text.all_words, text.words)::text || ' ' || change.all_words)::tsvector
      END
    ) || change.all_lent::tsvector
  END,
  split = text.split
  OR change.split,
  length = coalesce(change.length, text.length),
  bytes = coalesce(change.bytes, text.bytes)
FROM
  unnest(
    $1::uuid[],
    $2::integer[],
    $3::text[],
    $4::text[],
    $5::text[],
    $6::text[],
    $7::boolean[],
    $8::boolean[],
    $9::integer[],
    $10::integer[],
    $11::text[],
    $12::text[]
  ) AS change (
    ticket_id,
    part,
    notes,
    internal_notes,
    words,
    all_words,
    internal,
    split,
    length,
    bytes,
    lent,
    all_lent
  )
WHERE
  text.ticket_id = change.ticket_id
  AND text.part = change.part;

-- learnWords
WITH
  given AS MATERIALIZED (
    SELECT
      word,
      substring(sha256(convert_to(word, 'UTF8')) FOR 16) AS word_hash,
      first,
      second
    FROM
      unnest($1::text[], $2::uuid[], $3::uuid[]) AS given (word, first, second)
  ),
  held AS (
    INSERT INTO
      word_tickets AS known (word_hash, first, second)
    SELECT
      word_hash,
      first,
      second
    FROM
      given
    ON CONFLICT (word_hash) DO UPDATE
    SET
      first = least(known.first, excluded.first),
      second = (
        SELECT
          id
        FROM
          unnest(ARRAY[known.first, known.second, excluded.first, excluded.second]) AS id
        WHERE
          id > least(known.first, excluded.first)
        ORDER BY
          id
        LIMIT
          1
      )
    WHERE
      known.second IS NULL
      OR excluded.first < known.second
      OR excluded.second < known.second
    RETURNING
      word_hash,
      second
  )
INSERT INTO
  known_words (word)
SELECT
  word
FROM
  given
  JOIN held USING (word_hash)
WHERE
  held.second IS NOT NULL
ON CONFLICT DO NOTHING;

-- selectTextsOf
SELECT
  heading,
  body,
  notes,
  internal_notes
FROM
  ticket_texts
WHERE
  ticket_id = ANY ($1::uuid[]);

-- releaseWords
WITH
  given AS MATERIALIZED (
    SELECT
      word,
      substring(sha256(convert_to(word, 'UTF8')) FOR 16) AS word_hash
    FROM
      unnest($1::text[]) AS word
  ),
  released AS (
    DELETE FROM word_tickets AS known USING given
    WHERE
      known.word_hash = given.word_hash
      AND (
        known.first = ANY ($2::uuid[])
        OR known.second = ANY ($3::uuid[])
      )
    RETURNING
      word
  ),
  forgotten AS (
    DELETE FROM known_words AS known USING released
    WHERE
      known.word = released.word
  )
SELECT
  word
FROM
  released;

-- selectTicketsWith
SELECT
  ticket_id,
  part,
  heading,
  body,
  notes,
  internal_notes
FROM
  ticket_texts
WHERE
  (
    words @@ $1::tsquery
    OR all_words @@ $2::tsquery
  )
  AND ticket_id <> ALL ($3::uuid[])
  AND (ticket_id, part) > ($4::uuid, $5::integer)
ORDER BY
  ticket_id,
  part
LIMIT
  $6;

-- selectLastParts
SELECT
  last.*
FROM
  unnest($1::uuid[]) AS noted (ticket_id)
  CROSS JOIN LATERAL (
    SELECT
      ticket_id,
      opened,
      part,
      length,
      bytes
    FROM
      ticket_texts AS text
    WHERE
      text.ticket_id = noted.ticket_id
    ORDER BY
      part DESC
    LIMIT
      1
  ) AS last;

-- selectFirstLexemes
SELECT
  ticket_id,
  tsvector_to_array(coalesce(all_words, words)) AS lexemes
FROM
  ticket_texts
WHERE
  ticket_id = ANY ($1::uuid[])
  AND part = 0;
