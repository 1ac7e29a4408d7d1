-- The statements as they are sent, in each of their forms. Written by `npm run sql`; a test compares.

-- deleteOverSessions
DELETE FROM access.sessions
WHERE
  ends_at < now();

-- insertSession
INSERT INTO
  access.sessions (id, kind, person, roles, establishments, ends_at, idle_seconds, tokens)
VALUES
  ($1, $2, $3, $4, $5, now() + make_interval(secs => $6), $7, $8);

-- selectSession
SELECT
  id,
  kind,
  person,
  roles,
  establishments,
  ends_at,
  tokens,
  renewed_at < now() - make_interval(secs => $1) AS renewal_due,
  extract(
    epoch
    FROM
      now() - seen_at
  )::float8 AS unseen_seconds
FROM
  access.sessions
WHERE
  id = $2
  AND claimable_until IS NULL
  AND ends_at > now()
  AND (
    idle_seconds IS NULL
    OR seen_at > now() - make_interval(secs => idle_seconds)
  );

-- markSeen
UPDATE access.sessions
SET
  seen_at = now()
WHERE
  id = $1;

-- deleteSession
DELETE FROM access.sessions
WHERE
  id = $1
RETURNING
  tokens;

-- selectAlive
SELECT
  id
FROM
  access.sessions
WHERE
  id = ANY ($1::bytea[])
  AND claimable_until IS NULL
  AND ends_at > now()
  AND (
    idle_seconds IS NULL
    OR seen_at > now() - make_interval(secs => idle_seconds)
  );

-- claimRenewal
UPDATE access.sessions
SET
  renewing_until = now() + make_interval(secs => $1)
WHERE
  id = $2
  AND tokens = $3
  AND (
    renewing_until IS NULL
    OR renewing_until < now()
  )
RETURNING
  id;

-- renewSession
UPDATE access.sessions
SET
  roles = $1,
  establishments = $2,
  tokens = $3,
  renewed_at = now(),
  renewing_until = NULL
WHERE
  id = $4;

-- insertScreen
INSERT INTO
  access.sessions (id, kind, person, roles, establishments, ends_at, label, made_by, claimable_until)
VALUES
  (
    $1,
    'wall-screen',
    $2,
    $3,
    '{}',
    now() + make_interval(secs => $4),
    $5,
    $6,
    now() + make_interval(mins => $7)
  );

-- claimScreen
UPDATE access.sessions
SET
  id = $1,
  claimable_until = NULL
WHERE
  id = $2
  AND kind = 'wall-screen'
  AND claimable_until > now()
RETURNING
  id;

-- selectScreens
SELECT
  id,
  label,
  made_by,
  began_at,
  ends_at,
  claimable_until IS NULL AS is_showing
FROM
  access.sessions
WHERE
  kind = 'wall-screen'
  AND ends_at > now()
  AND (
    claimable_until IS NULL
    OR claimable_until > now()
  )
ORDER BY
  began_at DESC,
  id;

-- deleteScreen
DELETE FROM access.sessions
WHERE
  id = $1
  AND kind = 'wall-screen';
