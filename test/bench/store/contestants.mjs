import { getPostgreSQLEventStore } from '@event-driven-io/emmett-postgresql';
import { freshAppend } from './payload.mjs';

/**
 * @import pg from 'pg'
 * @import { Append, EventStore, EventToAppend } from '../../../src/platform/event-store/event-store.js'
 * @import { Bed } from '../support/bed.mjs'
 * @import { RoundOfCalls } from '../support/measure.mjs'
 */

/**
 * One append of one event to a fresh stream, by the product.
 * @param {EventStore} store
 */
export const ours = (store) => () => store.append(freshAppend());

/**
 * One append of one event to a fresh stream, by Emmett, used as its documentation says. The expected version spares Emmett a look-up; its
 * schema is made by the first append.
 * @param {Bed} bed
 */
export const emmett = async (bed) => {
  const store = getPostgreSQLEventStore(await bed.database('emmett'));
  bed.onClose(() => store.close());
  return () => {
    const { stream, events } = freshAppend();
    return store.appendToStream(stream, events.map(forEmmett), { expectedStreamVersion: 0n });
  };
};
/** @param {EventToAppend} event */
const forEmmett = ({ id, type, data, metadata }) => ({
  type,
  data,
  metadata: { messageId: id, ...metadata },
});

/**
 * The first thing one would write: one INSERT, in a transaction of its own, for each event, over a pool.
 * @param {pg.Pool} pool
 */
export const plainInsert = (pool) => () => {
  const { stream, events } = freshAppend();
  const [{ id, type, data, metadata }] = /** @type {[EventToAppend]} */ (events);
  return pool.query({
    name: 'plain-insert',
    text: `INSERT INTO bare (stream, revision, event_id, type, data, metadata) VALUES ($1, $2, $3, $4, $5, $6)
           RETURNING position, recorded_at`,
    values: [stream, 1, id, type, JSON.stringify(data), JSON.stringify(metadata)],
  });
};

const separator = '\x1e';
/** @param {string[]} items */
const texts = (items) => items.join(separator);
/** @param {(string | number)[]} items */
const literal = (items) => `{${items.join(',')}}`;

/**
 * Inserts a batch without an event store: no head row, no look-up, no result for each append, no wake-up, no queue.
 * @param {pg.PoolClient} client
 * @param {readonly Append[]} appends
 */
export const insertBatch = async (client, appends) => {
  const events = appends.flatMap((append) => append.events);
  await client.query({
    name: 'batch-insert',
    text: `INSERT INTO bare (stream, revision, event_id, type, data, metadata, recorded_at)
           SELECT e.stream, e.revision, e.id, e.type, e.data::json, e.metadata::json, clock_timestamp()
             FROM unnest(string_to_array($1, E'\\x1e'), $2::integer[], $3::uuid[], string_to_array($4, E'\\x1e'),
                         string_to_array($5, E'\\x1e'), string_to_array($6, E'\\x1e'))
                    AS e(stream, revision, id, type, data, metadata)`,
    values: [
      texts(appends.flatMap(({ stream, events: own }) => own.map(() => stream))),
      literal(appends.flatMap(({ events: own }) => own.map((_, index) => index + 1))),
      literal(events.map(({ id }) => id)),
      texts(events.map(({ type }) => type)),
      texts(events.map(({ data }) => JSON.stringify(data))),
      texts(events.map(({ metadata }) => JSON.stringify(metadata))),
    ],
  });
};

/**
 * The upper limit: batches of `inFlight` appends, one batch after the other on one connection. No store whose appends are durable when
 * they are answered can be faster this way.
 * @param {pg.PoolClient} client
 * @returns {(inFlight: number, ms: number) => Promise<RoundOfCalls>}
 */
export const limit = (client) => async (inFlight, ms) => {
  const latencies = [];
  const startedAt = performance.now();
  let now = startedAt;
  while (now < startedAt + ms) {
    const sentAt = now;
    await insertBatch(
      client,
      Array.from({ length: inFlight }, () => freshAppend()),
    );
    now = performance.now();
    for (let answered = 0; answered < inFlight; answered += 1) latencies.push(now - sentAt);
  }
  return { count: latencies.length, ms: now - startedAt, latencies };
};
