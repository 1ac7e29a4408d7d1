-- The statements as they are sent, in each of their forms. Written by `npm run sql`; a test compares.

-- insertObject
INSERT INTO
  attachments.objects (attachment_id, ticket_id, state)
VALUES
  ($1::uuid, $2::uuid, 'uploading');

-- settleObject
INSERT INTO
  attachments.objects AS object (attachment_id, ticket_id, state)
VALUES
  ($1::uuid, $2::uuid, $3::text)
ON CONFLICT (attachment_id) DO UPDATE
SET
  state = excluded.state
WHERE
  object.state = 'uploading';

-- deleteObjects
DELETE FROM attachments.objects
WHERE
  attachment_id = ANY ($1::uuid[]);

-- selectObjectStates
SELECT
  attachment_id,
  state
FROM
  attachments.objects
WHERE
  ticket_id = $1::uuid;

-- selectUnfinished
SELECT
  attachment_id,
  ticket_id
FROM
  attachments.objects
WHERE
  state = 'uploading'
  AND created_at < $1::timestamptz
ORDER BY
  created_at
LIMIT
  $2;

-- selectErased
SELECT
  object.attachment_id,
  object.ticket_id
FROM
  attachments.objects AS object
WHERE
  EXISTS (
    SELECT
    FROM
      tickets.erasures AS erased
    WHERE
      erased.ticket_id = object.ticket_id
  )
LIMIT
  $1;

-- selectQuarantined
SELECT
  attachment_id,
  ticket_id
FROM
  attachments.objects
WHERE
  state = 'quarantined'
ORDER BY
  created_at
LIMIT
  $1;

-- recordScan: clean
UPDATE attachments.objects
SET
  state = CASE
    WHEN $1::text IS NULL THEN 'available'
    ELSE 'infected'
  END,
  scanned_at = clock_timestamp(),
  finding = $2::text
WHERE
  attachment_id = $3::uuid
  AND state = 'quarantined';

-- recordScan: infected
UPDATE attachments.objects
SET
  state = CASE
    WHEN $1::text IS NULL THEN 'available'
    ELSE 'infected'
  END,
  scanned_at = clock_timestamp(),
  finding = $2::text
WHERE
  attachment_id = $3::uuid
  AND state = 'quarantined';

-- selectInfected
SELECT
  attachment_id,
  ticket_id
FROM
  attachments.objects
WHERE
  state = 'infected'
  AND emptied_at IS NULL
LIMIT
  $1;

-- recordEmptied
UPDATE attachments.objects
SET
  emptied_at = clock_timestamp()
WHERE
  attachment_id = $1::uuid;
