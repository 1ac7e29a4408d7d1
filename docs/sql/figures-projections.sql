-- The statements as they are sent, in each of their forms. Written by `npm run sql`; a test compares.

-- upsertDays
INSERT INTO
  daily_figures AS known (
    establishment,
    day,
    opened,
    resolved,
    resolved_same_day,
    reopened,
    cancelled,
    merged,
    transferred_in,
    transferred_out
  )
SELECT
  *
FROM
  unnest(
    $1::text[],
    $2::date[],
    $3::integer[],
    $4::integer[],
    $5::integer[],
    $6::integer[],
    $7::integer[],
    $8::integer[],
    $9::integer[],
    $10::integer[]
  )
ON CONFLICT (establishment, day) DO UPDATE
SET
  opened = known.opened + excluded.opened,
  resolved = known.resolved + excluded.resolved,
  resolved_same_day = known.resolved_same_day + excluded.resolved_same_day,
  reopened = known.reopened + excluded.reopened,
  cancelled = known.cancelled + excluded.cancelled,
  merged = known.merged + excluded.merged,
  transferred_in = known.transferred_in + excluded.transferred_in,
  transferred_out = known.transferred_out + excluded.transferred_out;

-- withdrawPublications
UPDATE published_days
SET
  withdrawn_position = $1::bigint,
  withdrawn_at = $2::timestamptz
WHERE
  bulletin = $3::date
  AND position < $4::bigint
  AND withdrawn_position IS NULL;

-- upsertMonths
INSERT INTO
  monthly_changes AS known (establishment, month, change)
SELECT
  *
FROM
  unnest($1::text[], $2::date[], $3::integer[])
ON CONFLICT (establishment, month) DO UPDATE
SET
  change = known.change + excluded.change;

-- upsertSums: by day
INSERT INTO
  recorded_figures AS known (
    establishment,
    time_zone,
    day,
    recorded_day,
    opened,
    resolved,
    resolved_same_day,
    reopened,
    cancelled,
    merged,
    transferred_in,
    transferred_out,
    events,
    events_of_day,
    late_events,
    late_events_of_day,
    first_position,
    last_position,
    first_recorded_at,
    last_recorded_at
  )
SELECT
  *
FROM
  unnest(
    $1::text[],
    $2::text[],
    $3::date[],
    $4::date[],
    $5::integer[],
    $6::integer[],
    $7::integer[],
    $8::integer[],
    $9::integer[],
    $10::integer[],
    $11::integer[],
    $12::integer[],
    $13::integer[],
    $14::integer[],
    $15::integer[],
    $16::integer[],
    $17::bigint[],
    $18::bigint[],
    $19::timestamptz[],
    $20::timestamptz[]
  )
ON CONFLICT (establishment, time_zone, day, recorded_day) DO UPDATE
SET
  opened = known.opened + excluded.opened,
  resolved = known.resolved + excluded.resolved,
  resolved_same_day = known.resolved_same_day + excluded.resolved_same_day,
  reopened = known.reopened + excluded.reopened,
  cancelled = known.cancelled + excluded.cancelled,
  merged = known.merged + excluded.merged,
  transferred_in = known.transferred_in + excluded.transferred_in,
  transferred_out = known.transferred_out + excluded.transferred_out,
  events = known.events + excluded.events,
  events_of_day = known.events_of_day + excluded.events_of_day,
  late_events = known.late_events + excluded.late_events,
  late_events_of_day = known.late_events_of_day + excluded.late_events_of_day,
  first_position = least(known.first_position, excluded.first_position),
  last_position = greatest(known.last_position, excluded.last_position),
  first_recorded_at = least(known.first_recorded_at, excluded.first_recorded_at),
  last_recorded_at = greatest(known.last_recorded_at, excluded.last_recorded_at);

-- upsertSums: by month
INSERT INTO
  recorded_months AS known (
    establishment,
    time_zone,
    day,
    recorded_day,
    opened,
    resolved,
    resolved_same_day,
    reopened,
    cancelled,
    merged,
    transferred_in,
    transferred_out,
    events,
    events_of_day,
    late_events,
    late_events_of_day,
    first_position,
    last_position,
    first_recorded_at,
    last_recorded_at
  )
SELECT
  *
FROM
  unnest(
    $1::text[],
    $2::text[],
    $3::date[],
    $4::date[],
    $5::integer[],
    $6::integer[],
    $7::integer[],
    $8::integer[],
    $9::integer[],
    $10::integer[],
    $11::integer[],
    $12::integer[],
    $13::integer[],
    $14::integer[],
    $15::integer[],
    $16::integer[],
    $17::bigint[],
    $18::bigint[],
    $19::timestamptz[],
    $20::timestamptz[]
  )
ON CONFLICT (establishment, time_zone, day, recorded_day) DO UPDATE
SET
  opened = known.opened + excluded.opened,
  resolved = known.resolved + excluded.resolved,
  resolved_same_day = known.resolved_same_day + excluded.resolved_same_day,
  reopened = known.reopened + excluded.reopened,
  cancelled = known.cancelled + excluded.cancelled,
  merged = known.merged + excluded.merged,
  transferred_in = known.transferred_in + excluded.transferred_in,
  transferred_out = known.transferred_out + excluded.transferred_out,
  events = known.events + excluded.events,
  events_of_day = known.events_of_day + excluded.events_of_day,
  late_events = known.late_events + excluded.late_events,
  late_events_of_day = known.late_events_of_day + excluded.late_events_of_day,
  first_position = least(known.first_position, excluded.first_position),
  last_position = greatest(known.last_position, excluded.last_position),
  first_recorded_at = least(known.first_recorded_at, excluded.first_recorded_at),
  last_recorded_at = greatest(known.last_recorded_at, excluded.last_recorded_at);

-- upsertSpans: by day
INSERT INTO
  recorded_days AS known (recorded_day, first_position, last_position)
SELECT
  *
FROM
  unnest($1::date[], $2::bigint[], $3::bigint[])
ON CONFLICT (recorded_day) DO UPDATE
SET
  first_position = least(known.first_position, excluded.first_position),
  last_position = greatest(known.last_position, excluded.last_position);

-- upsertSpans: by hour
INSERT INTO
  recorded_hours AS known (recorded_hour, first_position, last_position)
SELECT
  *
FROM
  unnest($1::timestamptz[], $2::bigint[], $3::bigint[])
ON CONFLICT (recorded_hour) DO UPDATE
SET
  first_position = least(known.first_position, excluded.first_position),
  last_position = greatest(known.last_position, excluded.last_position);

-- endSpells
WITH
  ended AS (
    UPDATE activity_spells AS spell
    SET
      until_position = ended.position,
      until_day = ended.day,
      until_at = ended.at
    FROM
      unnest($1::uuid[], $2::bigint[], $3::date[], $4::timestamptz[]) AS ended (ticket_id, position, day, at)
    WHERE
      spell.ticket_id = ended.ticket_id
      AND spell.until_position IS NULL
    RETURNING
      establishment,
      spell.priority,
      reprioritized,
      from_at,
      NULL::timestamptz AS until_at
  )
SELECT
  establishment,
  priority,
  date_trunc('month', from_at AT TIME ZONE 'UTC')::date::text AS month,
  NOT reprioritized
  AND until_at IS NULL AS open,
  count(*)::integer AS tickets
FROM
  ended
GROUP BY
  1,
  2,
  3,
  4;

-- beginSpells
WITH
  inserted AS (
    INSERT INTO
      activity_spells (
        ticket_id,
        from_revision,
        establishment,
        priority,
        reprioritized,
        opened_at,
        from_position,
        from_day,
        from_at,
        from_recorded_at,
        until_position,
        until_day,
        until_at
      )
    SELECT
      begun.ticket_id,
      begun.revision,
      begun.establishment,
      opening.priority,
      opening.reprioritized,
      opening.opened_at,
      begun.from_position,
      begun.from_day,
      begun.from_at,
      begun.from_recorded_at,
      begun.until_position,
      begun.until_day,
      begun.until_at
    FROM
      unnest(
        $1::uuid[],
        $2::integer[],
        $3::text[],
        $4::bigint[],
        $5::date[],
        $6::timestamptz[],
        $7::timestamptz[],
        $8::bigint[],
        $9::date[],
        $10::timestamptz[]
      ) AS begun (
        ticket_id,
        revision,
        establishment,
        from_position,
        from_day,
        from_at,
        from_recorded_at,
        until_position,
        until_day,
        until_at
      )
      JOIN activity_spells AS opening ON opening.ticket_id = begun.ticket_id
      AND opening.from_revision = 1
    RETURNING
      establishment,
      priority,
      reprioritized,
      from_at,
      until_at
  )
SELECT
  establishment,
  priority,
  date_trunc('month', from_at AT TIME ZONE 'UTC')::date::text AS month,
  NOT reprioritized
  AND until_at IS NULL AS open,
  count(*)::integer AS tickets
FROM
  inserted
GROUP BY
  1,
  2,
  3,
  4;

-- markReprioritized
WITH
  marked AS (
    UPDATE activity_spells
    SET
      reprioritized = true
    WHERE
      ticket_id = ANY ($1::uuid[])
      AND NOT reprioritized
    RETURNING
      establishment,
      priority,
      false AS reprioritized,
      from_at,
      until_at
  )
SELECT
  establishment,
  priority,
  date_trunc('month', from_at AT TIME ZONE 'UTC')::date::text AS month,
  NOT reprioritized
  AND until_at IS NULL AS open,
  count(*)::integer AS tickets
FROM
  marked
GROUP BY
  1,
  2,
  3,
  4;

-- changeOpenSpells
MERGE INTO open_spells AS known USING unnest($1::text[], $2::text[], $3::date[], $4::integer[]) AS changed (establishment, priority, from_month, tickets) ON known.establishment = changed.establishment
AND known.priority = changed.priority
AND known.from_month = changed.from_month WHEN MATCHED
AND known.tickets + changed.tickets = 0 THEN DELETE WHEN MATCHED THEN
UPDATE
SET
  tickets = known.tickets + changed.tickets WHEN NOT MATCHED THEN INSERT
VALUES
  (changed.establishment, changed.priority, changed.from_month, changed.tickets);
