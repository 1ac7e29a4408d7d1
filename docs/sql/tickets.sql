-- The statements as they are sent, in each of their forms. Written by `npm run sql`; a test compares.

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

-- selectRelated: as many as asked for
SELECT
  ticket_id
FROM
  tickets.relations
WHERE
  other_id = $1
  AND related = $2
  AND position <= $3
ORDER BY
  position
LIMIT
  $4;
