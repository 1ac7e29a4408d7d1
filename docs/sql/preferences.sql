-- The statements as they are sent, in each of their forms. Written by `npm run sql`; a test compares.

-- selectKept: first page
SELECT
  *,
  true AS is_visible
FROM
  (
    SELECT
      id,
      number,
      author,
      author = $1::text AS is_mine,
      shared,
      roles,
      establishments,
      revision,
      content,
      updated_at
    FROM
      preferences.kept
    WHERE
      kind = $2::text
      AND (
        author = $3::text
        OR shared
        AND roles && $4::text[]
        AND (
          $5::text[] IS NULL
          OR establishments <@ $5::text[]
        )
        AND (
          establishments IS NULL
          OR cardinality(establishments) > 0
        )
      )
  ) AS kept
ORDER BY
  NOT is_mine,
  number
LIMIT
  $6::integer;

-- selectKept: next page
SELECT
  *,
  true AS is_visible
FROM
  (
    SELECT
      id,
      number,
      author,
      author = $1::text AS is_mine,
      shared,
      roles,
      establishments,
      revision,
      content,
      updated_at
    FROM
      preferences.kept
    WHERE
      kind = $2::text
      AND (
        author = $3::text
        OR shared
        AND roles && $4::text[]
        AND (
          $5::text[] IS NULL
          OR establishments <@ $5::text[]
        )
        AND (
          establishments IS NULL
          OR cardinality(establishments) > 0
        )
      )
  ) AS kept
WHERE
  (NOT is_mine, number) > ($6::boolean, $7::bigint)
ORDER BY
  NOT is_mine,
  number
LIMIT
  $8::integer;

-- selectKeptById
SELECT
  id,
  number,
  author,
  author = $1::text AS is_mine,
  shared,
  roles,
  establishments,
  revision,
  content,
  updated_at,
  (
    author = $2::text
    OR shared
    AND roles && $3::text[]
    AND (
      $4::text[] IS NULL
      OR establishments <@ $4::text[]
    )
    AND (
      establishments IS NULL
      OR cardinality(establishments) > 0
    )
  ) AS is_visible
FROM
  preferences.kept
WHERE
  kind = $5::text
  AND id = $6::uuid;

-- lockAuthor
SELECT
  pg_advisory_xact_lock(hashtextextended ($1::text, 1796700000089));

-- countKept
SELECT
  count(*)::integer AS count
FROM
  preferences.kept
WHERE
  kind = $1::text
  AND author = $2::text;

-- insertKept
INSERT INTO
  preferences.kept (kind, id, author, content, shared, roles, establishments)
VALUES
  ($1::text, $2::uuid, $3::text, $4::jsonb, $5::boolean, $6::text[], $7::text[])
ON CONFLICT DO NOTHING
RETURNING
  id,
  number,
  author,
  author = $8::text AS is_mine,
  shared,
  roles,
  establishments,
  revision,
  content,
  updated_at,
  true AS is_visible;

-- updateKept
UPDATE preferences.kept
SET
  content = $1::jsonb,
  shared = $2::boolean,
  roles = $3::text[],
  establishments = $4::text[],
  revision = revision + 1,
  updated_at = now()
WHERE
  kind = $5::text
  AND id = $6::uuid
  AND author = $7::text
RETURNING
  id,
  number,
  author,
  author = $8::text AS is_mine,
  shared,
  roles,
  establishments,
  revision,
  content,
  updated_at,
  true AS is_visible;

-- deleteKept
DELETE FROM preferences.kept
WHERE
  kind = $1::text
  AND id = $2::uuid
  AND author = $3::text;

-- selectOwnTeams
SELECT
  teams
FROM
  preferences.own_teams
WHERE
  person = $1::text;

-- upsertOwnTeams
INSERT INTO
  preferences.own_teams (person, teams)
VALUES
  ($1::text, $2::text[])
ON CONFLICT (person) DO UPDATE
SET
  teams = excluded.teams,
  updated_at = now();
