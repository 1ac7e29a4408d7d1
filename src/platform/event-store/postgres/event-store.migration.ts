import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The log. Positions are handed out under the lock of the one row of `head`, which lasts to the commit: so position order is
 * commit order, there are no gaps, and a reader needs no more than `position > $1 ORDER BY position`.
 * `json`, not `jsonb`: events are stored and given back, never searched inside, and come back as they were written.
 */
export class EventStore1795300000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
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

      CREATE FUNCTION event_store.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'the event log is append-only: % is refused', TG_OP USING ERRCODE = 'insufficient_privilege';
      END $$;
      CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON event_store.events
        FOR EACH STATEMENT EXECUTE FUNCTION event_store.refuse_change();
    `);
    await runner.query(appendFunction);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA event_store CASCADE');
  }
}

/**
 * Any number of appends in one transaction, each judged on its own. `sizes` says how many of the events belong to each append.
 * The caller sees to it that no stream and no event id comes twice in a call.
 * Milliseconds, as instants are everywhere else: asking for what was known at an event's own recordedAt must include it.
 */
const appendFunction = `
  CREATE FUNCTION event_store.append(
    streams text[], expected integer[], sizes integer[], ids uuid[], types text[], data text[], metadata text[]
  ) RETURNS TABLE (outcome text, revision integer, "position" bigint, recorded_at timestamptz)
  LANGUAGE plpgsql AS $$
  DECLARE
    head_position bigint;
    stamp timestamptz;
  BEGIN
    SELECT head.position, greatest(date_trunc('milliseconds', clock_timestamp()), head.recorded_at)
      INTO head_position, stamp
      FROM event_store.head FOR UPDATE;

    RETURN QUERY
    WITH asked AS (
      SELECT a.n, a.stream, a.expected, a.size,
             (sum(a.size) OVER (ORDER BY a.n) - a.size)::integer AS before
        FROM unnest(streams, expected, sizes) WITH ORDINALITY AS a(stream, expected, size, n)
    ), met AS (
      SELECT asked.*,
             coalesce((SELECT max(e.revision) FROM event_store.events e WHERE e.stream = asked.stream), 0) AS actual,
             known.*
        FROM asked, LATERAL (
          SELECT count(*) AS known, count(*) FILTER (WHERE e.stream = asked.stream) AS known_here,
                 max(e.revision) AS known_revision, max(e.position) AS known_position,
                 max(e.recorded_at) AS known_recorded_at
            FROM event_store.events e
           WHERE e.event_id = ANY (ids[asked.before + 1 : asked.before + asked.size])
        ) known
    ), judged AS (
      SELECT met.*,
             CASE WHEN met.known_here = met.size THEN 'duplicate'
                  WHEN met.known > 0 THEN 'id-reused'
                  WHEN met.actual <> met.expected THEN 'conflict'
                  ELSE 'appended' END AS verdict
        FROM met
    ), recorded AS (
      INSERT INTO event_store.events (position, stream, revision, event_id, type, data, metadata, recorded_at)
      SELECT head_position + row_number() OVER (ORDER BY e.n), judged.stream,
             judged.actual + (e.n - judged.before)::integer, e.id, e.type, e.data::json, e.metadata::json, stamp
        FROM unnest(ids, types, data, metadata) WITH ORDINALITY AS e(id, type, data, metadata, n)
        JOIN judged ON e.n > judged.before AND e.n <= judged.before + judged.size
       WHERE judged.verdict = 'appended'
      RETURNING events.stream, events.revision, events.position
    ), moved AS (
      UPDATE event_store.head
         SET position = head_position + (SELECT count(*) FROM recorded), recorded_at = stamp
       WHERE EXISTS (SELECT FROM recorded)
      RETURNING pg_notify('event_store', head.position::text)
    )
    SELECT judged.verdict,
           CASE judged.verdict WHEN 'appended' THEN judged.actual + judged.size
                               WHEN 'duplicate' THEN judged.known_revision
                               ELSE judged.actual END,
           CASE judged.verdict WHEN 'appended' THEN (SELECT max(recorded.position) FROM recorded WHERE recorded.stream = judged.stream)
                               WHEN 'duplicate' THEN judged.known_position END,
           CASE judged.verdict WHEN 'duplicate' THEN judged.known_recorded_at ELSE stamp END
      FROM judged LEFT JOIN (SELECT count(*) FROM moved) AS woken ON true
     ORDER BY judged.n;
  END $$;
`;
