import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A hash chain over the log: each event's hash covers its content, its place, its time and the hash before it. Whoever knows the
 * hash at a position knows the log up to there: no event of it can be changed, taken out or put in without every later hash
 * becoming another one. The head carries the newest, so that an append computes its own without reading an event.
 * `log-chain.ts` computes the same outside of the database; `npm run verify-log` compares.
 */
export class LogChain1795300000601 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [functions, columns, chainOfWhatIsThere, append, appendJudged]) {
      await runner.query(statement);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA event_store CASCADE');
  }
}

// The digest's fields are parted by the record separator, which neither JSON nor an identifier can hold unescaped: no two events
// have the same text. Times are milliseconds of the epoch, so that no session's time zone or date style is in it.
const functions = `
  CREATE FUNCTION event_store.digest_of(
    "position" bigint, recorded_at timestamptz, stream text, revision integer, event_id uuid, type text, data text, metadata text
  ) RETURNS bytea LANGUAGE sql STABLE AS $$
    SELECT sha256(convert_to(concat_ws(
      E'\\x1e', "position"::text, (extract(epoch FROM recorded_at) * 1000)::bigint::text, stream, revision::text,
      event_id::text, type, data, metadata), 'UTF8'))
  $$;

  CREATE FUNCTION event_store.link(previous bytea, seed bytea, digest bytea) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
    SELECT sha256(coalesce(previous, seed) || digest)
  $$;

  CREATE AGGREGATE event_store.chain(seed bytea, digest bytea) (SFUNC = event_store.link, STYPE = bytea);
`;

const columns = `
  ALTER TABLE event_store.events ADD COLUMN hash bytea;
  ALTER TABLE event_store.head ADD COLUMN hash bytea NOT NULL DEFAULT decode(repeat('00', 32), 'hex');
`;

// The one change that the log's own rows ever see, and of a column that was not there before: in the migration's transaction.
const chainOfWhatIsThere = `
  ALTER TABLE event_store.events DISABLE TRIGGER append_only;
  UPDATE event_store.events AS e
     SET hash = linked.hash
    FROM (SELECT events.position,
                 event_store.chain(decode(repeat('00', 32), 'hex'), event_store.digest_of(
                   events.position, events.recorded_at, events.stream, events.revision, events.event_id, events.type,
                   events.data::text, events.metadata::text
                 )) OVER (ORDER BY events.position) AS hash
            FROM event_store.events) AS linked
   WHERE e.position = linked.position;
  ALTER TABLE event_store.events ENABLE TRIGGER append_only;
  ALTER TABLE event_store.events ALTER COLUMN hash SET NOT NULL;
  UPDATE event_store.head
     SET hash = newest.hash
    FROM (SELECT events.hash FROM event_store.events ORDER BY events.position DESC LIMIT 1) AS newest;
`;

/** Milliseconds, as instants are everywhere else: asking for what was known at an event's own recordedAt must include it. */
const takeHead = `
  SELECT head.position, greatest(date_trunc('milliseconds', clock_timestamp()), head.recorded_at), head.hash
    INTO head_position, stamp, head_hash
    FROM event_store.head FOR UPDATE;
`;

/** As in event-store.migration.ts, with the chain carried on. */
const append = `
  CREATE OR REPLACE FUNCTION event_store.append(
    streams text, revisions integer[], ids uuid[], types text, data text, metadata text,
    continued text, continued_at integer[]
  ) RETURNS TABLE (first_position bigint, recorded_at timestamptz)
  LANGUAGE plpgsql AS $$
  DECLARE
    head_position bigint;
    stamp timestamptz;
    head_hash bytea;
  BEGIN
    ${takeHead}
    IF EXISTS (
      SELECT FROM unnest(string_to_array(continued, E'\\x1e'), continued_at) AS known(stream, revision)
       WHERE NOT EXISTS (
         SELECT FROM event_store.events e WHERE e.stream = known.stream AND e.revision = known.revision)
    ) THEN
      RAISE unique_violation;
    END IF;

    INSERT INTO event_store.events (position, stream, revision, event_id, type, data, metadata, recorded_at, hash)
    SELECT head_position + e.n, e.stream, e.revision, e.id, e.type, e.data::json, e.metadata::json, stamp,
           event_store.chain(head_hash, event_store.digest_of(
             head_position + e.n, stamp, e.stream, e.revision, e.id, e.type, e.data, e.metadata
           )) OVER (ORDER BY e.n)
      FROM unnest(
             string_to_array(streams, E'\\x1e'), revisions, ids, string_to_array(types, E'\\x1e'),
             string_to_array(data, E'\\x1e'), string_to_array(metadata, E'\\x1e')
           ) WITH ORDINALITY AS e(stream, revision, id, type, data, metadata, n);

    UPDATE event_store.head
       SET position = head_position + cardinality(ids), recorded_at = stamp,
           hash = (SELECT e.hash FROM event_store.events e WHERE e.position = head_position + cardinality(ids));
    PERFORM pg_notify('event_store', '');
    RETURN QUERY SELECT head_position + 1, stamp;
  END $$;
`;

/** As in event-store.migration.ts, with the chain carried on. */
const appendJudged = `
  CREATE OR REPLACE FUNCTION event_store.append_judged(
    streams text, expected integer[], sizes integer[],
    owners integer[], ordinals integer[], ids uuid[], types text, data text, metadata text
  ) RETURNS TABLE (outcome text, revision integer, "position" bigint, recorded_at timestamptz)
  LANGUAGE plpgsql AS $$
  DECLARE
    head_position bigint;
    stamp timestamptz;
    head_hash bytea;
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
    ), placed AS (
      SELECT head_position + row_number() OVER (ORDER BY e.n) AS position, judged.stream,
             judged.expected + e.ordinal AS revision, e.id, e.type, e.data, e.metadata
        FROM unnest(
               owners, ordinals, ids, string_to_array(types, E'\\x1e'), string_to_array(data, E'\\x1e'),
               string_to_array(metadata, E'\\x1e')
             ) WITH ORDINALITY AS e(owner, ordinal, id, type, data, metadata, n)
        JOIN judged ON judged.n = e.owner
       WHERE judged.verdict = 'appended'
    ), recorded AS (
      INSERT INTO event_store.events (position, stream, revision, event_id, type, data, metadata, recorded_at, hash)
      SELECT p.position, p.stream, p.revision, p.id, p.type, p.data::json, p.metadata::json, stamp,
             event_store.chain(head_hash, event_store.digest_of(
               p.position, stamp, p.stream, p.revision, p.id, p.type, p.data, p.metadata
             )) OVER (ORDER BY p.position)
        FROM placed AS p
      RETURNING events.stream, events.revision, events.position, events.hash
    ), newest AS (
      SELECT count(*) OVER () AS events, recorded.hash FROM recorded ORDER BY recorded.position DESC LIMIT 1
    ), moved AS (
      UPDATE event_store.head
         SET position = head_position + newest.events, recorded_at = stamp, hash = newest.hash
        FROM newest
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
