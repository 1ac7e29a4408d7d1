-- The statements as they are sent, in each of their forms. Written by `npm run sql`; a test compares.

-- takeLease
UPDATE projections.generations AS mine
SET
  leader = $1,
  epoch = epoch + 1,
  lease_until = clock_timestamp() + interval '3000 milliseconds'
FROM
  (
    SELECT
      name,
      generation
    FROM
      projections.generations
    WHERE
      name = $2
      AND generation = $3
      AND state IN ('serving', 'building')
      AND (
        lease_until IS NULL
        OR lease_until < clock_timestamp()
        OR leader = $4
        OR (
          epoch = $5
          AND lease_until = $6::timestamptz
        )
      )
    FOR UPDATE
      SKIP LOCKED
  ) AS free
WHERE
  mine.name = free.name
  AND mine.generation = free.generation
RETURNING
  mine.epoch,
  mine.position,
  mine.mark,
  mine.mark_position,
  mine.verification;

-- renewLease
UPDATE projections.generations
SET
  lease_until = clock_timestamp() + interval '3000 milliseconds',
  rate = $1,
  batch_size = $2,
  last_error = $3,
  failing_since = CASE
    WHEN $4::text IS NOT NULL THEN coalesce(failing_since, clock_timestamp())
  END
WHERE
  name = $5
  AND generation = $6
  AND epoch = $7
  AND state IN ('serving', 'building');

-- keepDifferences
UPDATE projections.generations
SET
  verification = $1
WHERE
  name = $2
  AND generation = $3
  AND epoch = $4
  AND state = 'building';

-- releaseLease
UPDATE projections.generations
SET
  leader = NULL,
  lease_until = NULL,
  rate = 0,
  last_error = $1,
  failing_since = CASE
    WHEN $2::text IS NOT NULL THEN coalesce(failing_since, clock_timestamp())
  END
WHERE
  name = $3
  AND generation = $4
  AND epoch = $5;

-- moveCheckpoint
UPDATE projections.generations
SET
  position = $1::bigint,
  recorded_at = coalesce($2, recorded_at),
  lease_until = clock_timestamp() + interval '3000 milliseconds',
  mark = coalesce($3, mark),
  mark_position = coalesce($4::bigint, mark_position),
  log_epoch = coalesce(
    (
      SELECT
        epoch
      FROM
        projections.log_epochs AS newest
      WHERE
        NOT EXISTS (
          SELECT
          FROM
            projections.log_epochs AS later
          WHERE
            later.follows = newest.epoch
        )
    ),
    ''
  )
WHERE
  name = $5
  AND generation = $6
  AND epoch = $7
  AND position = $8
  AND state IN ('serving', 'building')
  AND projections.holds_rows (volatile_schema);

-- moveCheckpoints
UPDATE projections.generations AS mine
SET
  position = held.to_position,
  recorded_at = coalesce(held.to_recorded_at, mine.recorded_at),
  lease_until = clock_timestamp() + interval '3000 milliseconds',
  mark = coalesce(held.to_mark, mine.mark),
  mark_position = coalesce(held.to_mark_position, mine.mark_position),
  log_epoch = coalesce(
    (
      SELECT
        epoch
      FROM
        projections.log_epochs AS newest
      WHERE
        NOT EXISTS (
          SELECT
          FROM
            projections.log_epochs AS later
          WHERE
            later.follows = newest.epoch
        )
    ),
    ''
  )
FROM
  (
    SELECT
      led.name,
      led.generation,
      moved.*
    FROM
      unnest(
        $1::text[],
        $2::integer[],
        $3::bigint[],
        $4::bigint[],
        $5::bigint[],
        $6::timestamptz[],
        $7::text[],
        $8::bigint[]
      ) AS moved (
        of_name,
        of_generation,
        held_epoch,
        from_position,
        to_position,
        to_recorded_at,
        to_mark,
        to_mark_position
      )
      JOIN projections.generations AS led ON led.name = moved.of_name
      AND led.generation = moved.of_generation
    WHERE
      led.epoch = moved.held_epoch
      AND led.position = moved.from_position
      AND state IN ('serving', 'building')
      AND projections.holds_rows (volatile_schema)
    FOR NO KEY UPDATE OF
      led SKIP LOCKED
  ) AS held
WHERE
  mine.name = held.name
  AND mine.generation = held.generation
RETURNING
  mine.name,
  mine.generation;

-- wakeAll
SELECT
  pg_notify ($1, '');

-- announce
WITH
  unhurried AS MATERIALIZED (
    SELECT
      set_config('synchronous_commit', 'off', true)
  )
SELECT
  pg_notify ($1, message)
FROM
  unhurried,
  unnest($2::text[]) AS told (message);

-- announceReplaced
SELECT
  pg_notify ($1, $2),
  pg_notify ($3, '');

-- lockGenerations
SELECT
  pg_advisory_xact_lock(1886547818);

-- selectCurrentGenerations
SELECT
  name,
  generation,
  coalesce(volatile_schema, 'projection_' || replace(name, '-', '_') || '_' || generation) AS schema,
  projections.holds_rows (volatile_schema) AS holds_rows,
  version,
  state,
  position,
  mark,
  mark_position,
  log_epoch,
  epoch,
  rate,
  batch_size,
  last_error,
  failing_since,
  verification,
  created_at,
  leader,
  lease_until::text,
  coalesce(lease_until <= clock_timestamp(), true) AS has_run_out,
  (
    SELECT
      count(*)::integer
    FROM
      projections.dead_letters AS letter
    WHERE
      letter.name = generations.name
      AND letter.generation = generations.generation
  ) AS incomplete
FROM
  projections.generations
WHERE
  state IN ('serving', 'building')
ORDER BY
  name,
  generation;

-- selectGenerationsOf
SELECT
  name,
  generation,
  coalesce(volatile_schema, 'projection_' || replace(name, '-', '_') || '_' || generation) AS schema,
  projections.holds_rows (volatile_schema) AS holds_rows,
  version,
  state,
  position,
  mark,
  mark_position,
  log_epoch,
  epoch,
  rate,
  batch_size,
  last_error,
  failing_since,
  verification,
  created_at,
  leader,
  lease_until::text,
  coalesce(lease_until <= clock_timestamp(), true) AS has_run_out,
  (
    SELECT
      count(*)::integer
    FROM
      projections.dead_letters AS letter
    WHERE
      letter.name = generations.name
      AND letter.generation = generations.generation
  ) AS incomplete
FROM
  projections.generations
WHERE
  name = $1
ORDER BY
  generation DESC;

-- selectServedPositions
SELECT
  name,
  position,
  mark,
  mark_position,
  projections.holds_rows (volatile_schema) AS holds_rows
FROM
  projections.generations
WHERE
  name = ANY ($1::text[])
  AND state = 'serving';

-- selectServing
SELECT
  name,
  generation,
  coalesce(volatile_schema, 'projection_' || replace(name, '-', '_') || '_' || generation) AS schema,
  version,
  position,
  (
    SELECT
      count(*)::integer
    FROM
      projections.dead_letters AS letter
    WHERE
      letter.name = generations.name
      AND letter.generation = generations.generation
  ) AS incomplete
FROM
  projections.generations
WHERE
  name = $1
  AND state = 'serving';

-- selectServing: held
SELECT
  name,
  generation,
  coalesce(volatile_schema, 'projection_' || replace(name, '-', '_') || '_' || generation) AS schema,
  version,
  position,
  (
    SELECT
      count(*)::integer
    FROM
      projections.dead_letters AS letter
    WHERE
      letter.name = generations.name
      AND letter.generation = generations.generation
  ) AS incomplete
FROM
  projections.generations
WHERE
  name = $1
  AND state = 'serving'
FOR UPDATE OF
  generations;

-- selectServedVersion
SELECT
  name,
  generation,
  coalesce(volatile_schema, 'projection_' || replace(name, '-', '_') || '_' || generation) AS schema,
  projections.holds_rows (volatile_schema) AS holds_rows,
  version,
  position,
  mark,
  mark_position
FROM
  projections.generations
WHERE
  name = $1
  AND state = 'serving';

-- lockBuilding
SELECT
  position,
  (
    SELECT
      count(*)::integer
    FROM
      projections.dead_letters AS letter
    WHERE
      letter.name = generations.name
      AND letter.generation = generations.generation
  ) AS incomplete
FROM
  projections.generations
WHERE
  name = $1
  AND generation = $2
  AND epoch = $3
  AND state = 'building'
FOR UPDATE OF
  generations;

-- selectGenerations
SELECT
  name,
  generation,
  coalesce(volatile_schema, 'projection_' || replace(name, '-', '_') || '_' || generation) AS schema,
  version
FROM
  projections.generations
WHERE
  name = $1
  AND state = $2;

-- insertGeneration
INSERT INTO
  projections.generations (name, generation, version, state, log_epoch, volatile_schema)
SELECT
  $1,
  next.generation,
  $2,
  $3,
  coalesce(
    (
      SELECT
        epoch
      FROM
        projections.log_epochs AS newest
      WHERE
        NOT EXISTS (
          SELECT
          FROM
            projections.log_epochs AS later
          WHERE
            later.follows = newest.epoch
        )
    ),
    ''
  ),
  $4::text || next.generation
FROM
  (
    SELECT
      coalesce(max(generation), 0) + 1 AS generation
    FROM
      projections.generations
    WHERE
      name = $5
  ) AS next
RETURNING
  name,
  generation,
  coalesce(volatile_schema, 'projection_' || replace(name, '-', '_') || '_' || generation) AS schema;

-- serveGeneration
UPDATE projections.generations
SET
  state = 'serving'
WHERE
  name = $1
  AND generation = $2;

-- selectNotShown
SELECT
  name
FROM
  unnest($1::text[]) AS name
WHERE
  to_regclass($2 || '.' || name) IS NULL
  AND to_regclass($3 || '.' || name) IS NOT NULL;

-- selectLackingColumns
SELECT
  name
FROM
  unnest($1::text[]) AS name
WHERE
  to_regclass($2) IS NOT NULL
  AND NOT EXISTS (
    SELECT
    FROM
      pg_attribute
    WHERE
      attrelid = to_regclass($3)
      AND attname = name
      AND NOT attisdropped
  );

-- endGeneration
UPDATE projections.generations
SET
  state = $1,
  leader = NULL,
  lease_until = NULL,
  ended_at = clock_timestamp()
WHERE
  name = $2
  AND generation = $3;

-- selectDeadLetters
SELECT
  *
FROM
  projections.dead_letters
ORDER BY
  id;

-- selectDeadLettersOf
SELECT
  *
FROM
  projections.dead_letters
WHERE
  name = $1
  AND generation = $2
ORDER BY
  id;

-- selectDeadLetter
SELECT
  *
FROM
  projections.dead_letters
WHERE
  id = $1;

-- requestRetryOf
UPDATE projections.dead_letters
SET
  retry_requested_at = clock_timestamp()
WHERE
  id = $1;

-- updateFailure
UPDATE projections.dead_letters
SET
  error = $1,
  attempts = attempts + 1,
  failed_at = clock_timestamp(),
  retry_requested_at = NULL
WHERE
  id = $2;

-- insertDeadLetter
INSERT INTO
  projections.dead_letters (name, generation, stream, revision, position, event_type, error, attempts)
VALUES
  ($1, $2, $3, $4, $5, $6, $7, $8);

-- addWaiting
UPDATE projections.dead_letters AS letter
SET
  waiting = letter.waiting + more.events
FROM
  unnest($1::text[], $2::integer[]) AS more (stream, events)
WHERE
  letter.name = $3
  AND letter.generation = $4
  AND letter.stream = more.stream;

-- updateEvent
UPDATE projections.dead_letters
SET
  revision = $1,
  position = $2,
  event_type = $3,
  waiting = $4
WHERE
  id = $5;

-- deleteDeadLetter
DELETE FROM projections.dead_letters
WHERE
  id = $1;

-- deleteDeadLettersOf
DELETE FROM projections.dead_letters
WHERE
  name = $1
  AND generation = $2;

-- selectColumns
SELECT
  column_name
FROM
  information_schema.columns
WHERE
  table_schema = $1
  AND table_name = $2;

-- selectDifferences
SELECT
  count(*) OVER ()::integer AS different,
  jsonb_build_object('ticket_id', ticket_id) AS key,
  CASE
    WHEN served.there THEN jsonb_build_object(
      'ticket_id',
      served.ticket_id,
      'status',
      served.status,
      'title',
      length(served.title::text) || ' characters'
    )
  END AS served,
  CASE
    WHEN expected.there THEN jsonb_build_object(
      'ticket_id',
      expected.ticket_id,
      'status',
      expected.status,
      'title',
      length(expected.title::text) || ' characters'
    )
  END AS expected
FROM
  (
    SELECT
      true AS there,
      ticket_id,
      status,
      title
    FROM
      desk_ticket_list_1.tickets
  ) AS served
  FULL JOIN (
    SELECT
      true AS there,
      ticket_id,
      status,
      title
    FROM
      verification.tickets
  ) AS expected USING (ticket_id)
WHERE
  (served.there, served.ticket_id, served.status, served.title) IS DISTINCT FROM (expected.there, expected.ticket_id, expected.status, expected.title)
ORDER BY
  ticket_id
LIMIT
  $1;

-- selectEpoch
SELECT
  coalesce(
    (
      SELECT
        epoch
      FROM
        projections.log_epochs AS newest
      WHERE
        NOT EXISTS (
          SELECT
          FROM
            projections.log_epochs AS later
          WHERE
            later.follows = newest.epoch
        )
    ),
    ''
  ) AS epoch;

-- insertEpoch
INSERT INTO
  projections.log_epochs (epoch, follows)
VALUES
  ($1, $2)
ON CONFLICT (follows) DO NOTHING;

-- claimLog
INSERT INTO
  projections.projected_log (identity)
VALUES
  ($1)
ON CONFLICT (only_one) DO UPDATE
SET
  identity = excluded.identity
WHERE
  NOT EXISTS (
    SELECT
    FROM
      projections.generations
    WHERE
      position > 0
  );

-- selectClaimedLog
SELECT
  identity
FROM
  projections.projected_log;

-- insertPlace
INSERT INTO
  projections.log_place (place)
VALUES
  ($1)
ON CONFLICT (only_one) DO NOTHING;

-- lockPlace
SELECT
  place,
  coalesce(
    (
      SELECT
        epoch
      FROM
        projections.log_epochs AS newest
      WHERE
        NOT EXISTS (
          SELECT
          FROM
            projections.log_epochs AS later
          WHERE
            later.follows = newest.epoch
        )
    ),
    ''
  ) AS epoch
FROM
  projections.log_place
FOR UPDATE OF
  log_place;

-- movePlace
UPDATE projections.log_place
SET
  place = $1;
