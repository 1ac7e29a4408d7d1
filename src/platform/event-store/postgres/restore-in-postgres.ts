import { DatabaseError, type Pool, type PoolClient } from 'pg';
import { EventIdReused, RecordedTooEarly, VersionConflict, type RecordedEvent } from '../event-store.js';
import { batchStarts } from '../batch-starts.js';
import { literal, textArray } from './append-statements.js';

const uniqueViolation = '23505';

/** Events as they were, at the end of the log: one INSERT under the lock of the head, as every append. */
export const restoreInPostgres = async (pool: Pool, events: readonly RecordedEvent[]): Promise<void> => {
  const first = events[0];
  if (!first) return;
  const starts = batchStarts(events);
  const client = await pool.connect();
  let broken = false;
  try {
    await client.query('BEGIN');
    const position = await lockHead(client, first);
    await assertContinued(client, starts);
    await insert(client, events, position);
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

const lockHead = async (client: PoolClient, first: RecordedEvent): Promise<bigint> => {
  const { rows } = await client.query<{ position: string; continues: boolean }>(
    'SELECT position, recorded_at <= $1::timestamptz AS continues FROM event_store.head FOR UPDATE',
    [first.recordedAt],
  );
  const [head] = rows;
  if (!head) throw new Error('event_store.head has no row');
  if (!head.continues) throw new RecordedTooEarly(first.id);
  return BigInt(head.position);
};

const assertContinued = async (client: PoolClient, starts: ReadonlyMap<string, number>): Promise<void> => {
  const { rows } = await client.query<{ stream: string; expected: number; actual: number }>({
    name: 'event-store-restore-streams',
    text: `
      SELECT asked.stream, asked.expected, coalesce(newest.revision, 0) AS actual
        FROM unnest(string_to_array($1, E'\\x1e'), $2::integer[]) AS asked(stream, expected)
        LEFT JOIN LATERAL (
          SELECT e.revision FROM event_store.events e WHERE e.stream = asked.stream ORDER BY e.revision DESC LIMIT 1
        ) AS newest ON true
       WHERE coalesce(newest.revision, 0) <> asked.expected
       LIMIT 1`,
    values: [textArray([...starts.keys()]), literal([...starts.values()])],
  });
  const [conflict] = rows;
  if (conflict) throw new VersionConflict(conflict.stream, conflict.expected, conflict.actual);
};

const insert = async (
  client: PoolClient,
  events: readonly RecordedEvent[],
  position: bigint,
): Promise<void> => {
  await client.query({
    name: 'event-store-restore',
    text: `
      INSERT INTO event_store.events (position, stream, revision, event_id, type, data, metadata, recorded_at)
      SELECT $1::bigint + e.n, e.stream, e.revision, e.id, e.type, e.data::json, e.metadata::json, e.recorded_at
        FROM unnest(
               string_to_array($2, E'\\x1e'), $3::integer[], $4::uuid[], string_to_array($5, E'\\x1e'),
               string_to_array($6, E'\\x1e'), string_to_array($7, E'\\x1e'), $8::timestamptz[]
             ) WITH ORDINALITY AS e(stream, revision, id, type, data, metadata, recorded_at, n)`,
    values: [
      ...[String(position), textArray(events.map(({ stream }) => stream))],
      literal(events.map(({ revision }) => revision)),
      literal(events.map(({ id }) => id)),
      textArray(events.map(({ type }) => type)),
      textArray(events.map(({ data }) => JSON.stringify(data))),
      textArray(events.map(({ metadata }) => JSON.stringify(metadata))),
      literal(events.map(({ recordedAt }) => recordedAt)),
    ],
  });
  await client.query(
    `WITH moved AS (UPDATE event_store.head SET position = $1, recorded_at = $2)
     SELECT pg_notify('event_store', '')`,
    [String(position + BigInt(events.length)), events.at(-1)?.recordedAt],
  );
};

/** Streams were looked at under the lock, so what is there twice is an id. */
const named = async (
  error: unknown,
  client: PoolClient,
  events: readonly RecordedEvent[],
): Promise<unknown> => {
  if (!(error instanceof DatabaseError && error.code === uniqueViolation)) return error;
  const { rows } = await client.query<{ event_id: string }>(
    'SELECT event_id FROM event_store.events WHERE event_id = ANY ($1::uuid[]) LIMIT 1',
    [literal(events.map(({ id }) => id))],
  );
  return rows[0] ? new EventIdReused(rows[0].event_id) : error;
};
