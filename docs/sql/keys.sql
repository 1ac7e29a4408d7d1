-- The statements as they are sent, in each of their forms. Written by `npm run sql`; a test compares.

-- selectKeys
SELECT
  ticket_id AS id,
  master_key_id AS "masterKeyId",
  wrapped
FROM
  keys.ticket_keys
WHERE
  ticket_id = ANY ($1::text[]);

-- insertKeys
INSERT INTO
  keys.ticket_keys (ticket_id, master_key_id, wrapped)
SELECT
  made.*
FROM
  unnest($1::text[], $2::text[], $3::text[]) AS made
ON CONFLICT (ticket_id) DO NOTHING
RETURNING
  ticket_id AS id;

-- destroyKeys
WITH
  gone AS (
    INSERT INTO
      keys.ticket_keys AS known (ticket_id, master_key_id, destroyed_at)
    SELECT
      id,
      '',
      clock_timestamp()
    FROM
      unnest($1::text[]) AS id
    ON CONFLICT (ticket_id) DO UPDATE
    SET
      wrapped = NULL,
      destroyed_at = clock_timestamp()
    WHERE
      known.destroyed_at IS NULL
    RETURNING
      ticket_id AS id
  )
SELECT
  id,
  pg_notify ($2, id)
FROM
  gone;

-- selectOtherKeys
SELECT
  ticket_id AS id,
  master_key_id AS "masterKeyId",
  wrapped
FROM
  keys.ticket_keys
WHERE
  wrapped IS NOT NULL
  AND (
    master_key_id < $1
    OR master_key_id > $1
  )
LIMIT
  $2;

-- countOtherKeys
SELECT
  count(*)::integer AS count
FROM
  keys.ticket_keys
WHERE
  wrapped IS NOT NULL
  AND (
    master_key_id < $1
    OR master_key_id > $1
  );

-- replaceKeys
UPDATE keys.ticket_keys AS known
SET
  master_key_id = made.master_key_id,
  wrapped = made.wrapped
FROM
  unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS made (id, before, master_key_id, wrapped)
WHERE
  known.ticket_id = made.id
  AND known.wrapped = made.before
RETURNING
  1;

-- selectMasterKeysInUse
WITH RECURSIVE
  used (id) AS (
    (
      SELECT
        min(master_key_id)
      FROM
        keys.ticket_keys
      WHERE
        wrapped IS NOT NULL
    )
    UNION ALL
    SELECT
      (
        SELECT
          min(master_key_id)
        FROM
          keys.ticket_keys
        WHERE
          wrapped IS NOT NULL
          AND master_key_id > used.id
      )
    FROM
      used
    WHERE
      used.id IS NOT NULL
  )
SELECT
  id
FROM
  used
WHERE
  id IS NOT NULL;

-- announceMasterKey
SELECT
  pg_notify ($1, '');

-- selectCheckValues
SELECT
  id AS "masterKeyId",
  check_value AS wrapped
FROM
  keys.master_keys
ORDER BY
  id;

-- insertCheckValue
INSERT INTO
  keys.master_keys (id, check_value)
VALUES
  ($1, $2)
ON CONFLICT DO NOTHING
RETURNING
  1;

-- deleteCheckValuesBut
DELETE FROM keys.master_keys
WHERE
  id <> ALL ($1::text[]);
