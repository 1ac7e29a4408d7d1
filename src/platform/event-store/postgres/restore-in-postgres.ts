import { DatabaseError, type Pool, type PoolClient } from 'pg';
import { shared, sql, statement, type Sql } from '../../database/sql.js';
import { EventIdReused, RecordedTooEarly, VersionConflict, type RecordedEvent } from '../event-store.js';
import { batchStarts } from '../batch-starts.js';
import { literal, textArray } from './appending/append-statements.js';

const uniqueViolation = '23505';

/** EventStore.restore for PostgreSQL: one INSERT at the end of the log, under the lock of the head, as for every append. */
export const restoreInPostgres = async (pool: Pool, events: readonly RecordedEvent[]): Promise<void> => {
  const first = events[0];
  if (!first) return;
  const starts = batchStarts(events);
  const client = await pool.connect();
  let broken = false;
  try {
    await client.query('BEGIN');
    const head = await lockHead(client, first);
    await assertContinued(client, starts);
    await insert(client, events, head);
    await client.query('COMMIT');
  } catch (error) {
    broken = await client.query('ROLLBACK').then(
      () => false,
      () => true,
    );
    throw await named(error, client, events);
  } finally {
    client.release(broken);
  }
};

/** Where the log ends; appends wait until the transaction does. */
interface Head {
  position: string;
  hash: Buffer;
}

export const lockHeadBefore = (recordedAt: string): Sql => sql`
  SELECT position, hash, recorded_at <= ${recordedAt}::timestamptz AS continues FROM event_store.head FOR UPDATE`;

const lockHead = async (client: PoolClient, first: RecordedEvent): Promise<Head> => {
  const { rows } = await client.query<Head & { continues: boolean }>(
    statement(lockHeadBefore(first.recordedAt)),
  );
  const [head] = rows;
  if (!head) throw new Error('event_store.head has no row');
  if (!head.continues) throw new RecordedTooEarly(first.id);
  return head;
};

export const selectConflict = (starts: ReadonlyMap<string, number>): Sql => sql`
  SELECT asked.stream, asked.expected, coalesce(newest.revision, 0) AS actual
    FROM unnest(string_to_array(${textArray([...starts.keys()])}, E'\\x1e'), ${literal([...starts.values()])}::integer[])
           AS asked(stream, expected)
    LEFT JOIN LATERAL (
      SELECT e.revision FROM event_store.events e WHERE e.stream = asked.stream ORDER BY e.revision DESC LIMIT 1
    ) AS newest ON true
   WHERE coalesce(newest.revision, 0) <> asked.expected
   LIMIT 1`;

const assertContinued = async (client: PoolClient, starts: ReadonlyMap<string, number>): Promise<void> => {
  const { rows } = await client.query<{ stream: string; expected: number; actual: number }>(
    statement(selectConflict(starts), 'event-store-restore-streams'),
  );
  const [conflict] = rows;
  if (conflict) throw new VersionConflict(conflict.stream, conflict.expected, conflict.actual);
};

/** Events as they were, after the head, with the chain carried on from there. */
export const insertEvents = (events: readonly RecordedEvent[], { position, hash }: Head): Sql => {
  const after = sql`${shared(position)}::bigint`;
  return sql`
  INSERT INTO event_store.events (position, stream, revision, event_id, type, data, metadata, recorded_at, hash)
  SELECT ${after} + e.n, e.stream, e.revision, e.id, e.type, e.data::json, e.metadata::json, e.recorded_at,
         event_store.chain(${hash}::bytea, event_store.digest_of(
           ${after} + e.n, e.recorded_at, e.stream, e.revision, e.id, e.type, e.data, e.metadata
         )) OVER (ORDER BY e.n)
    FROM unnest(
           string_to_array(${textArray(events.map(({ stream }) => stream))}, E'\\x1e'),
           ${literal(events.map(({ revision }) => revision))}::integer[],
           ${literal(events.map(({ id }) => id))}::uuid[],
           string_to_array(${textArray(events.map(({ type }) => type))}, E'\\x1e'),
           string_to_array(${textArray(events.map(({ data }) => JSON.stringify(data)))}, E'\\x1e'),
           string_to_array(${textArray(events.map(({ metadata }) => JSON.stringify(metadata)))}, E'\\x1e'),
           ${literal(events.map(({ recordedAt }) => recordedAt))}::timestamptz[]
         ) WITH ORDINALITY AS e(stream, revision, id, type, data, metadata, recorded_at, n)`;
};

/** The head is what the newest event says. */
export const moveHead = (position: bigint): Sql => sql`
  WITH moved AS (
    UPDATE event_store.head
       SET position = newest.position, recorded_at = newest.recorded_at, hash = newest.hash
      FROM event_store.events AS newest
     WHERE newest.position = ${String(position)}
  )
  SELECT pg_notify('event_store', '')`;

const insert = async (client: PoolClient, events: readonly RecordedEvent[], head: Head): Promise<void> => {
  await client.query(statement(insertEvents(events, head), 'event-store-restore'));
  await client.query(statement(moveHead(BigInt(head.position) + BigInt(events.length))));
};

export const selectUsedId = (events: readonly RecordedEvent[]): Sql => sql`
  SELECT event_id FROM event_store.events WHERE event_id = ANY (${literal(events.map(({ id }) => id))}::uuid[]) LIMIT 1`;

/** Makes an EventIdReused of a unique violation. The streams were checked under the lock, so the duplicate must be an event id. */
const named = async (
  error: unknown,
  client: PoolClient,
  events: readonly RecordedEvent[],
): Promise<unknown> => {
  if (!(error instanceof DatabaseError && error.code === uniqueViolation)) return error;
  const { rows } = await client.query<{ event_id: string }>(statement(selectUsedId(events)));
  return rows[0] ? new EventIdReused(rows[0].event_id) : error;
};
