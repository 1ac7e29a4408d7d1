-- The statements as they are sent, in each of their forms. Written by `npm run sql`; a test compares.

-- deleteEnded
DELETE FROM ended_tickets
WHERE
  ticket_id = ANY ($1::uuid[]);

-- upsertEnded
INSERT INTO
  ended_tickets (ticket_id, establishment, status, ended_at)
SELECT
  *
FROM
  unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[])
ON CONFLICT (ticket_id) DO UPDATE
SET
  establishment = excluded.establishment,
  status = excluded.status,
  ended_at = excluded.ended_at;

-- closeEnded
UPDATE ended_tickets AS ended
SET
  status = 'closed',
  ended_at = closed.at
FROM
  unnest($1::uuid[], $2::timestamptz[]) AS closed (ticket_id, at)
WHERE
  ended.ticket_id = closed.ticket_id;

-- insertErasures
INSERT INTO
  erasures (ticket_id, establishment, erased_at, actor, position, reason, basis)
SELECT
  *
FROM
  unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::text[], $5::bigint[], $6::text[], $7::text[]);

-- deleteHolds
DELETE FROM legal_holds
WHERE
  ticket_id = ANY ($1::uuid[]);

-- upsertHolds
INSERT INTO
  legal_holds (ticket_id, establishment, held_at, actor, position, reason)
SELECT
  *
FROM
  unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::text[], $5::bigint[], $6::text[])
ON CONFLICT (ticket_id) DO UPDATE
SET
  establishment = excluded.establishment,
  held_at = excluded.held_at,
  actor = excluded.actor,
  position = excluded.position,
  reason = excluded.reason;

-- selectErasures
SELECT
  ticket_id,
  establishment,
  erased_at AS at,
  actor,
  reason,
  basis,
  position
FROM
  tickets.erasures
WHERE
  position < coalesce($1::bigint, 9223372036854775807)
ORDER BY
  position DESC
LIMIT
  $2;

-- selectHolds
SELECT
  ticket_id,
  establishment,
  held_at AS at,
  actor,
  reason,
  position
FROM
  tickets.legal_holds
WHERE
  position < coalesce($1::bigint, 9223372036854775807)
ORDER BY
  position DESC
LIMIT
  $2;

-- selectErasedAfter
SELECT
  ticket_id,
  position
FROM
  tickets.erasures
WHERE
  position > $1
ORDER BY
  position
LIMIT
  $2;

-- selectDue
SELECT
  ended.ticket_id,
  ended.establishment,
  ended.status,
  ended.ended_at,
  rule.period
FROM
  tickets.ended_tickets AS ended
  JOIN unnest($1::text[], $2::text[]) AS rule (status, period) ON rule.status = ended.status
WHERE
  ended.ended_at <= $3::timestamptz - rule.period::interval
  AND NOT EXISTS (
    SELECT
    FROM
      tickets.erasures AS erased
    WHERE
      erased.ticket_id = ended.ticket_id
  )
  AND NOT EXISTS (
    SELECT
    FROM
      tickets.legal_holds AS held
    WHERE
      held.ticket_id = ended.ticket_id
  )
ORDER BY
  ended.ended_at,
  ended.ticket_id
LIMIT
  $4;

-- countDue
SELECT
  ended.establishment,
  ended.status,
  count(*) FILTER (
    WHERE
      NOT EXISTS (
        SELECT
        FROM
          tickets.legal_holds AS held
        WHERE
          held.ticket_id = ended.ticket_id
      )
  )::integer AS tickets,
  count(*) FILTER (
    WHERE
      EXISTS (
        SELECT
        FROM
          tickets.legal_holds AS held
        WHERE
          held.ticket_id = ended.ticket_id
      )
  )::integer AS held
FROM
  tickets.ended_tickets AS ended
  JOIN unnest($1::text[], $2::text[]) AS rule (status, period) ON rule.status = ended.status
WHERE
  ended.ended_at <= $3::timestamptz - rule.period::interval
  AND NOT EXISTS (
    SELECT
    FROM
      tickets.erasures AS erased
    WHERE
      erased.ticket_id = ended.ticket_id
  )
GROUP BY
  ended.establishment,
  ended.status
ORDER BY
  ended.establishment,
  ended.status;

-- tryRetentionLock
SELECT
  pg_try_advisory_xact_lock(hashtext ('tickets.retention')) AS locked;

-- selectNewestMerge
SELECT
  number,
  append
FROM
  tickets.merge_intent;

-- announceMerge
UPDATE tickets.merge_intent
SET
  number = number + 1,
  append = $1
WHERE
  number = $2
RETURNING
  number;

-- settleMerge
UPDATE tickets.merge_intent
SET
  append = NULL
WHERE
  number = $1;

-- selectApplication
SELECT
  template_id,
  content
FROM
  preferences.applications
WHERE
  person = $1::text
  AND command_id = $2::uuid;

-- insertApplication
INSERT INTO
  preferences.applications (person, command_id, template_id, content)
VALUES
  ($1::text, $2::uuid, $3::uuid, $4::jsonb)
ON CONFLICT DO NOTHING;

-- deleteOldApplications
DELETE FROM preferences.applications
WHERE
  applied_at < now() - make_interval(days => $1::integer);

-- upsertViewer
INSERT INTO
  tickets.viewers AS viewer (viewer_id, ticket_id, person, until)
VALUES
  ($1::uuid, $2::uuid, $3::text, now() + make_interval(secs => $4))
ON CONFLICT (viewer_id) DO UPDATE
SET
  ticket_id = excluded.ticket_id,
  until = excluded.until
WHERE
  viewer.person = excluded.person;

-- selectOthers
SELECT DISTINCT
  person
FROM
  tickets.viewers
WHERE
  ticket_id = $1::uuid
  AND person <> $2::text
  AND until > now()
ORDER BY
  person;

-- deleteOverViewers
DELETE FROM tickets.viewers
WHERE
  viewer_id IN (
    SELECT
      viewer_id
    FROM
      tickets.viewers
    WHERE
      until < now()
    FOR UPDATE
      SKIP LOCKED
  );

-- deleteViewer
DELETE FROM tickets.viewers
WHERE
  viewer_id = $1::uuid
  AND ticket_id = $2::uuid
  AND person = $3::text;

-- countRelated
SELECT
  count(*)::int AS count
FROM
  tickets.relations
WHERE
  other_id = $1
  AND related = $2
  AND position <= $3;

-- selectRelated: as many as asked for
SELECT
  ticket_id,
  position
FROM
  tickets.relations
WHERE
  other_id = $1
  AND related = $2
  AND position > $3
  AND position <= $4
ORDER BY
  position
LIMIT
  $5;
