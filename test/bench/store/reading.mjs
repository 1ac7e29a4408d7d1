import { mapValues, namesOf, noRounds, ratio, rates, timed } from '../support/measure.mjs';
import { freshAppend } from './payload.mjs';

/**
 * @import pg from 'pg'
 * @import { EventStore, RecordedEvent } from '../../../src/platform/event-store/event-store.js'
 * @import { Bed } from '../support/bed.mjs'
 * @typedef {Awaited<ReturnType<typeof readingSection>>} Reading
 */

const rounds = 5;
const batchSize = 1_000;

/**
 * Reads the log from its beginning, in order, until caught up: by a subscription, by a subscription with the JSON parsed, and by a SELECT.
 * @param {Bed} bed
 */
export const readingSection = async (bed) => {
  const { store, pool } = await bed.eventStore('reading');
  for (let batch = 0; batch < 200; batch += 1) await store.append(freshAppend(500));
  await pool.query('VACUUM ANALYZE event_store.events');
  const contestants = {
    subscribed: () => readAll(store, () => undefined),
    parsed: () => readAll(store, ({ data, metadata }) => [data, metadata]),
    selected: () => selectAll(pool),
  };
  const results = noRounds(contestants);
  for (let round = -1; round < rounds; round += 1) {
    for (const name of namesOf(contestants)) {
      let count = 0;
      const ms = await timed(async () => (count = await contestants[name]()));
      if (round >= 0) results[name].push({ count, ms });
    }
  }
  return {
    events: results.subscribed[0]?.count ?? 0,
    batchSize,
    ...mapValues(results, rates),
    toSelect: ratio(results.subscribed, results.selected),
  };
};

/**
 * @param {EventStore} store
 * @param {(event: RecordedEvent) => unknown} look
 */
export const readAll = async (store, look) => {
  const ended = new AbortController();
  let count = 0;
  for await (const { events, caughtUp } of store.subscribe({ after: 0n, batchSize, signal: ended.signal })) {
    for (const event of events) look(event);
    count += events.length;
    if (caughtUp) break;
  }
  ended.abort();
  return count;
};

/**
 * Reads the same pages with a SELECT as one would write it by hand, with the driver's own conversions.
 * @param {pg.Pool} pool
 */
const selectAll = async (pool) => {
  let position = '0';
  let count = 0;
  for (;;) {
    /** @type {pg.QueryResult<{ position: string }>} */
    const { rows } = await pool.query({
      name: 'bench-select',
      text: `SELECT position, stream, revision, event_id, type, data, metadata, recorded_at
               FROM event_store.events WHERE position > $1 ORDER BY position LIMIT $2`,
      values: [position, batchSize],
    });
    count += rows.length;
    const last = rows.at(-1);
    if (rows.length < batchSize || !last) return count;
    position = last.position;
  }
};
