-- The statements as they are sent, in each of their forms. Written by `npm run sql`; a test compares.

-- selectStates
SELECT
  ticket_id,
  opened_position,
  opened_day::text AS opened_day,
  opened_at,
  opened_establishment,
  establishment,
  team,
  category,
  responded_at
FROM
  versions
WHERE
  ticket_id = ANY ($1::uuid[])
  AND until_position IS NULL;

-- closeVersions
UPDATE versions AS version
SET
  until_position = closed.position
FROM
  unnest($1::uuid[], $2::bigint[]) AS closed (ticket_id, position)
WHERE
  version.ticket_id = closed.ticket_id
  AND version.until_position IS NULL;

-- reopenResolutions
UPDATE resolutions AS resolution
SET
  reopened_position = reopened.position,
  reopened_at = reopened.at
FROM
  unnest($1::uuid[], $2::bigint[], $3::timestamptz[]) AS reopened (ticket_id, position, at)
WHERE
  resolution.ticket_id = reopened.ticket_id
  AND resolution.reopened_position IS NULL;

-- endReportedSpells
UPDATE spells AS spell
SET
  until_position = ended.position,
  until_day = greatest(spell.from_day, ended.day)
FROM
  unnest($1::uuid[], $2::bigint[], $3::date[]) AS ended (ticket_id, position, day)
WHERE
  spell.ticket_id = ended.ticket_id
  AND spell.until_position IS NULL;
