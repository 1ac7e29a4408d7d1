import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The log's tables and functions. Positions are assigned under the lock of the single row of `head`, which is held until the commit:
 * so position order is commit order, there are no gaps, and a reader needs no more than `position > $1 ORDER BY position`.
 * The columns are `json`, not `jsonb`: events are stored and returned as they were written, and never searched inside.
 */
export class EventStore1795300000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [tables, appendOnly, append, appendJudged]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA event_store CASCADE');
  }
}

const tables = `
  CREATE SCHEMA event_store;

  CREATE TABLE event_store.events (
    position    bigint      PRIMARY KEY,
    stream      text        NOT NULL,
    revision    integer     NOT NULL CHECK (revision > 0),
    event_id    uuid        NOT NULL UNIQUE,
    type        text        NOT NULL,
    data        json        NOT NULL,
    metadata    json        NOT NULL,
    recorded_at timestamptz NOT NULL,
    UNIQUE (stream, revision)
  );

  CREATE TABLE event_store.head (
    singleton   boolean     PRIMARY KEY DEFAULT true CHECK (singleton),
    identity    uuid        NOT NULL DEFAULT gen_random_uuid(),
    position    bigint      NOT NULL,
    recorded_at timestamptz NOT NULL
  );
  INSERT INTO event_store.head (position, recorded_at) VALUES (0, '-infinity');
`;

const appendOnly = `
  CREATE FUNCTION event_store.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    RAISE EXCEPTION 'the event log is append-only: % is refused', TG_OP USING ERRCODE = 'insufficient_privilege';
  END $$;
  CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON event_store.events
    FOR EACH STATEMENT EXECUTE FUNCTION event_store.refuse_change();
`;

// A list of texts is sent as one text with the record separator between the items: JSON can't hold that character unescaped, and
// splitting costs a fraction of what an array literal full of escaped quotes costs on both sides.

/**
 * Locks the head. The time is in milliseconds, as instants are everywhere else: a query for what was known at an event's own recordedAt
 * must include that event.
 */
const takeHead = `
  SELECT head.position, greatest(date_trunc('milliseconds', clock_timestamp()), head.recorded_at)
    INTO head_position, stamp
    FROM event_store.head FOR UPDATE;
`;

/**
 * Records several appends, all or none; it raises unique_violation if any of them conflicts. Nearly every append takes this way. The
 * revisions come from the caller: the unique index refuses a stream that holds more events than expected, and a lookup one that holds
 * fewer. Twice as fast as a verdict for each append, and three times for a lone append.
 */
const append = `
  CREATE FUNCTION event_store.append(
    streams text, revisions integer[], ids uuid[], types text, data text, metadata text,
    continued text, continued_at integer[]
  ) RETURNS TABLE (first_position bigint, recorded_at timestamptz)
  LANGUAGE plpgsql AS $$
  DECLARE
    head_position bigint;
    stamp timestamptz;
  BEGIN
    ${takeHead}
    IF EXISTS (
      SELECT FROM unnest(string_to_array(continued, E'\\x1e'), continued_at) AS known(stream, revision)
       WHERE NOT EXISTS (
         SELECT FROM event_store.events e WHERE e.stream = known.stream AND e.revision = known.revision)
    ) THEN
      RAISE unique_violation;
    END IF;

    INSERT INTO event_store.events (position, stream, revision, event_id, type, data, metadata, recorded_at)
    SELECT head_position + e.n, e.stream, e.revision, e.id, e.type, e.data::json, e.metadata::json, stamp
      FROM unnest(
             string_to_array(streams, E'\\x1e'), revisions, ids, string_to_array(types, E'\\x1e'),
             string_to_array(data, E'\\x1e'), string_to_array(metadata, E'\\x1e')
           ) WITH ORDINALITY AS e(stream, revision, id, type, data, metadata, n);

    UPDATE event_store.head SET position = head_position + cardinality(ids), recorded_at = stamp;
    PERFORM pg_notify('event_store', '');
    RETURN QUERY SELECT head_position + 1, stamp;
  END $$;
`;

/**
 * Records the same appends with a verdict for each: appended, duplicate, conflict or id-reused. `owners` says which append each event
 * belongs to (from 1), `ordinals` its place in that append (from 1). No stream and no event id may come twice in a call.
 */
const appendJudged = `
  CREATE FUNCTION event_store.append_judged(
    streams text, expected integer[], sizes integer[],
    owners integer[], ordinals integer[], ids uuid[], types text, data text, metadata text
  ) RETURNS TABLE (outcome text, revision integer, "position" bigint, recorded_at timestamptz)
  LANGUAGE plpgsql AS $$
  DECLARE
    head_position bigint;
    stamp timestamptz;
  BEGIN
    ${takeHead}
    RETURN QUERY
    WITH asked AS MATERIALIZED (
      SELECT a.n::integer, a.stream, a.expected, a.size
        FROM unnest(string_to_array(streams, E'\\x1e'), expected, sizes) WITH ORDINALITY
          AS a(stream, expected, size, n)
    ), known AS (
      SELECT o.owner, count(*) AS known, min(e.stream) AS lowest, max(e.stream) AS highest,
             max(e.revision) AS revision, max(e.position) AS position, max(e.recorded_at) AS recorded_at
        FROM unnest(owners, ids) AS o(owner, id)
        JOIN event_store.events e ON e.event_id = o.id
       GROUP BY o.owner
    ), judged AS MATERIALIZED (
      SELECT asked.*, coalesce(newest.revision, 0) AS actual,
             known.revision AS known_revision, known.position AS known_position, known.recorded_at AS known_at,
             CASE WHEN known.known = asked.size AND known.lowest = asked.stream AND known.highest = asked.stream
                    THEN 'duplicate'
                  WHEN known.known > 0 THEN 'id-reused'
                  WHEN coalesce(newest.revision, 0) <> asked.expected THEN 'conflict'
                  ELSE 'appended' END AS verdict
        FROM asked
        LEFT JOIN known ON known.owner = asked.n
        LEFT JOIN LATERAL (
          SELECT e.revision FROM event_store.events e WHERE e.stream = asked.stream ORDER BY e.revision DESC LIMIT 1
        ) AS newest ON true
    ), recorded AS (
      INSERT INTO event_store.events (position, stream, revision, event_id, type, data, metadata, recorded_at)
      SELECT head_position + row_number() OVER (ORDER BY e.n), judged.stream, judged.expected + e.ordinal,
             e.id, e.type, e.data::json, e.metadata::json, stamp
        FROM unnest(
               owners, ordinals, ids, string_to_array(types, E'\\x1e'), string_to_array(data, E'\\x1e'),
               string_to_array(metadata, E'\\x1e')
             ) WITH ORDINALITY AS e(owner, ordinal, id, type, data, metadata, n)
        JOIN judged ON judged.n = e.owner
       WHERE judged.verdict = 'appended'
      RETURNING events.stream, events.revision, events.position
    ), moved AS (
      UPDATE event_store.head
         SET position = head_position + (SELECT count(*) FROM recorded), recorded_at = stamp
       WHERE EXISTS (SELECT FROM recorded)
      RETURNING pg_notify('event_store', '')
    )
    SELECT judged.verdict,
           CASE judged.verdict WHEN 'appended' THEN judged.expected + judged.size
                               WHEN 'duplicate' THEN judged.known_revision
                               ELSE judged.actual END,
           CASE judged.verdict WHEN 'appended' THEN recorded.position ELSE judged.known_position END,
           CASE judged.verdict WHEN 'duplicate' THEN judged.known_at ELSE stamp END
      FROM judged
      LEFT JOIN recorded ON recorded.stream = judged.stream AND recorded.revision = judged.expected + judged.size
      LEFT JOIN (SELECT count(*) FROM moved) AS woken ON true
     ORDER BY judged.n;
  END $$;
`;
