-- The statements as they are sent, in each of their forms. Written by `npm run sql`; a test compares.

-- appendAccesses
SELECT
  audit.append_accesses (
    $1::timestamptz[],
    $2::text[],
    $3::text[],
    $4::text[],
    ARRAY(
      SELECT
        ($5::text[]) [chosen.place]
      FROM
        unnest($6::integer[]) WITH ORDINALITY AS chosen (place, n)
      ORDER BY
        chosen.n
    ),
    ARRAY(
      SELECT
        ($7::text[]) [chosen.place]
      FROM
        unnest($8::integer[]) WITH ORDINALITY AS chosen (place, n)
      ORDER BY
        chosen.n
    ),
    $9::integer[],
    $10::text[],
    $11::text[],
    $12::text[],
    $13::boolean[]
  );

-- selectAccesses: everybody’s
SELECT
  position,
  at,
  person,
  roles,
  action,
  ticket_ids,
  establishments,
  count,
  client,
  address,
  purpose,
  refused
FROM
  audit.accesses
ORDER BY
  at DESC,
  position DESC
LIMIT
  $1;

-- selectAccesses: everybody’s, the next page
SELECT
  position,
  at,
  person,
  roles,
  action,
  ticket_ids,
  establishments,
  count,
  client,
  address,
  purpose,
  refused
FROM
  audit.accesses
WHERE
  (at, position) < ($1::timestamptz, $2::bigint)
ORDER BY
  at DESC,
  position DESC
LIMIT
  $3;

-- selectAccesses: of a range
SELECT
  position,
  at,
  person,
  roles,
  action,
  ticket_ids,
  establishments,
  count,
  client,
  address,
  purpose,
  refused
FROM
  audit.accesses
WHERE
  at >= $1::timestamptz
  AND at < $2::timestamptz
ORDER BY
  at DESC,
  position DESC
LIMIT
  $3;

-- selectAccesses: of a person
SELECT
  position,
  at,
  person,
  roles,
  action,
  ticket_ids,
  establishments,
  count,
  client,
  address,
  purpose,
  refused
FROM
  audit.accesses
WHERE
  person = $1
ORDER BY
  at DESC,
  position DESC
LIMIT
  $2;

-- selectAccesses: of a person, the next page
SELECT
  position,
  at,
  person,
  roles,
  action,
  ticket_ids,
  establishments,
  count,
  client,
  address,
  purpose,
  refused
FROM
  audit.accesses
WHERE
  person = $1
  AND (at, position) < ($2::timestamptz, $3::bigint)
ORDER BY
  at DESC,
  position DESC
LIMIT
  $4;

-- selectAccesses: of a ticket
WITH
  accesses AS MATERIALIZED (
    SELECT
      *
    FROM
      audit.accesses
    WHERE
      ticket_ids @> ARRAY[$1::uuid]
  )
SELECT
  position,
  at,
  person,
  roles,
  action,
  ticket_ids,
  establishments,
  count,
  client,
  address,
  purpose,
  refused
FROM
  accesses
ORDER BY
  at DESC,
  position DESC
LIMIT
  $2;

-- selectAccesses: of a ticket, a person and a range
WITH
  accesses AS MATERIALIZED (
    SELECT
      *
    FROM
      audit.accesses
    WHERE
      ticket_ids @> ARRAY[$1::uuid]
  )
SELECT
  position,
  at,
  person,
  roles,
  action,
  ticket_ids,
  establishments,
  count,
  client,
  address,
  purpose,
  refused
FROM
  accesses
WHERE
  person = $2
  AND at >= $3::timestamptz
  AND at < $4::timestamptz
  AND (at, position) < ($5::timestamptz, $6::bigint)
ORDER BY
  at DESC,
  position DESC
LIMIT
  $7;

-- selectAlerts
SELECT
  position,
  at,
  person,
  roles,
  action,
  ticket_ids,
  establishments,
  count,
  client,
  address,
  purpose,
  refused
FROM
  audit.accesses
WHERE
  action IN ('many-tickets', 'many-refusals')
  AND at >= $1::timestamptz
ORDER BY
  at DESC,
  position DESC
LIMIT
  $2;

-- selectAccessHead
SELECT
  position,
  encode(hash, 'hex') AS hash
FROM
  audit.access_head;

-- selectChainedAccesses
SELECT
  position::text,
  (
    extract(
      epoch
      FROM
        at
    ) * 1000
  )::bigint::text AS at_ms,
  person,
  roles::text,
  action,
  ticket_ids::text,
  establishments::text,
  count::text,
  client,
  address,
  coalesce(purpose, '') AS purpose,
  refused::text,
  encode(hash, 'hex') AS hash
FROM
  audit.accesses
WHERE
  position > $1
  AND position <= $2
ORDER BY
  accesses.position
LIMIT
  $3;
