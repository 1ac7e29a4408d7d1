-- The statements as they are sent, in each of their forms. Written by `npm run sql`; a test compares.

-- callAppend
SELECT
  first_position,
  recorded_at
FROM
  event_store.append ($1, $2, $3, $4, $5, $6, $7, $8);

-- callAppendWithVerdicts
SELECT
  outcome,
  revision,
  "position",
  recorded_at
FROM
  event_store.append_judged ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- selectStreams
SELECT
  position,
  stream,
  revision,
  event_id,
  type,
  data,
  metadata,
  floor(
    extract(
      epoch
      FROM
        recorded_at
    ) * 1000
  )::bigint,
  asked.n
FROM
  unnest(string_to_array($1, E'\x1e'), $2::integer[], $3::integer[]) WITH ORDINALITY AS asked (name, from_revision, max_count, n)
  CROSS JOIN LATERAL (
    SELECT
      *
    FROM
      event_store.events
    WHERE
      stream = asked.name
      AND revision >= asked.from_revision
    ORDER BY
      revision
    LIMIT
      asked.max_count
  ) AS event
ORDER BY
  asked.n,
  revision;

-- selectLog
SELECT
  position,
  stream,
  revision,
  event_id,
  type,
  CASE
    WHEN position > $1::bigint THEN data
  END,
  CASE
    WHEN position > $1::bigint THEN metadata
  END,
  floor(
    extract(
      epoch
      FROM
        recorded_at
    ) * 1000
  )::bigint
FROM
  event_store.events
WHERE
  position >= $1::bigint
ORDER BY
  position
LIMIT
  $2::integer + 1;

-- selectEventAt
SELECT
  position,
  stream,
  revision,
  event_id,
  type,
  CASE
    WHEN position > $1::bigint THEN data
  END,
  CASE
    WHEN position > $1::bigint THEN metadata
  END,
  floor(
    extract(
      epoch
      FROM
        recorded_at
    ) * 1000
  )::bigint
FROM
  event_store.events
WHERE
  position = $1::bigint;

-- selectHead
SELECT
  identity,
  position
FROM
  event_store.head;

-- selectLink
SELECT
  encode(hash, 'hex') AS hash
FROM
  event_store.events
WHERE
  position = $1;

-- selectChainedRows
SELECT
  position::text,
  (
    extract(
      epoch
      FROM
        recorded_at
    ) * 1000
  )::bigint::text AS recorded_at_ms,
  stream,
  revision,
  event_id::text,
  type,
  data::text,
  metadata::text,
  encode(hash, 'hex') AS hash
FROM
  event_store.events
WHERE
  position > $1
  AND position <= $2
ORDER BY
  events.position
LIMIT
  $3;

-- lockHeadBefore
SELECT
  position,
  hash,
  recorded_at <= $1::timestamptz AS continues
FROM
  event_store.head
FOR UPDATE;

-- selectConflict
SELECT
  asked.stream,
  asked.expected,
  coalesce(newest.revision, 0) AS actual
FROM
  unnest(string_to_array($1, E'\x1e'), $2::integer[]) AS asked (stream, expected)
  LEFT JOIN LATERAL (
    SELECT
      e.revision
    FROM
      event_store.events e
    WHERE
      e.stream = asked.stream
    ORDER BY
      e.revision DESC
    LIMIT
      1
  ) AS newest ON true
WHERE
  coalesce(newest.revision, 0) <> asked.expected
LIMIT
  1;

-- insertEvents
INSERT INTO
  event_store.events (position, stream, revision, event_id, type, data, metadata, recorded_at, hash)
SELECT
  $1::bigint + e.n,
  e.stream,
  e.revision,
  e.id,
  e.type,
  e.data::json,
  e.metadata::json,
  e.recorded_at,
  event_store.chain (
    $2::bytea,
    event_store.digest_of ($1::bigint + e.n, e.recorded_at, e.stream, e.revision, e.id, e.type, e.data, e.metadata)
  ) OVER (
    ORDER BY
      e.n
  )
FROM
  unnest(
    string_to_array($3, E'\x1e'),
    $4::integer[],
    $5::uuid[],
    string_to_array($6, E'\x1e'),
    string_to_array($7, E'\x1e'),
    string_to_array($8, E'\x1e'),
    $9::timestamptz[]
  ) WITH ORDINALITY AS e (stream, revision, id, type, data, metadata, recorded_at, n);

-- moveHead
WITH
  moved AS (
    UPDATE event_store.head
    SET
      position = newest.position,
      recorded_at = newest.recorded_at,
      hash = newest.hash
    FROM
      event_store.events AS newest
    WHERE
      newest.position = $1
  )
SELECT
  pg_notify ('event_store', '');

-- selectUsedId
SELECT
  event_id
FROM
  event_store.events
WHERE
  event_id = ANY ($1::uuid[])
LIMIT
  1;
