import { median, medianRatio, timed } from '../support/measure.mjs';
import { nameOf, projectionOf, startEngine, typesOf, watch } from './engine.mjs';

/**
 * @import pg from 'pg'
 * @import { EventStore, RecordedEvent } from '../../../src/platform/event-store/event-store.js'
 * @import { Product } from '../support/product.mjs'
 * @import { Sample } from './engine.mjs'
 * @typedef {Awaited<ReturnType<typeof catchUpSection>>} CatchUp
 */

/** One statement that counts the same from the log's JSON: it shows what a report in SQL would cost, each time it is run. */
const groupBy = `
  SELECT data->'at'->>'establishment', (metadata->>'occurredAt')::timestamptz::date,
         count(*) FILTER (WHERE type = 'TicketOpened'), count(*) FILTER (WHERE type = 'TicketResolved'),
         count(*) FILTER (WHERE type = 'TicketReopened'), count(*) FILTER (WHERE type = 'TicketCancelled'),
         count(*) FILTER (WHERE type = 'TicketMerged')
    FROM event_store.events GROUP BY 1, 2`;

/**
 * @param {EventStore} store
 * @param {(event: RecordedEvent) => unknown} look
 */
const readAll = async (store, look = () => undefined) => {
  const ended = new AbortController();
  const { signal } = ended;
  for await (const { events, caughtUp } of store.subscribe({ after: 0n, batchSize: 2_000, signal })) {
    for (const event of events) look(event);
    if (caughtUp) break;
  }
  ended.abort();
};

/**
 * Reads an event's data and metadata, which parses their JSON, as every projection does.
 * @param {RecordedEvent} event
 */
const parse = ({ data, metadata }) => [data, metadata];

/**
 * Measures the catch-up from nothing and a rebuild of each projection, and, for comparison, reading alone and one GROUP BY; in rounds.
 * @param {Product} log
 * @param {{ events: number, rounds: number, projections: string[] }} options
 */
export const catchUpSection = async ({ store, pool }, { events, rounds, projections }) => {
  const [reading, parsing, grouping] = [noTimes(), noTimes(), noTimes()];
  const results = typesOf(projections).map((type) => ({
    ...{ type, name: nameOf(type), catchUp: noTimes(), rebuild: noTimes() },
    lastRun: /** @type {Sample[]} */ ([]),
  }));
  for (let round = 0; round < rounds; round += 1) {
    reading.push(await timed(() => readAll(store)));
    parsing.push(await timed(() => readAll(store, parse)));
    grouping.push(await timed(() => pool.query(groupBy)));
    for (const result of results) {
      await forget(pool, result.name);
      const engine = await startEngine([result.type], { store, pool });
      try {
        result.lastRun = await watch(pool, result.name, 'serving', (position) => position >= events);
        result.catchUp.push(elapsed(result.lastRun));
        await engine.generations.rebuild(projectionOf(engine, result.name));
        // The rebuild lasts until it is served, including the comparison with the rows that it replaces.
        const rebuilt = await watch(pool, result.name, 'building', Number.isNaN);
        result.rebuild.push(elapsed(rebuilt));
      } finally {
        // One that went on would keep the database busy, and the process alive.
        await engine.stop();
      }
    }
  }
  /** @param {number[]} all */
  const rate = (all) => Math.round((events * 1000) / median(all));
  return {
    events,
    reading: rate(reading),
    parsing: rate(parsing),
    groupBy: rate(grouping),
    projections: results.map(({ name, catchUp, rebuild, lastRun }) => ({
      name,
      catchUp: rate(catchUp),
      rebuild: rate(rebuild),
      toReading: medianRatio(reading, catchUp),
      toParsing: medianRatio(parsing, catchUp),
      rebuildToParsing: medianRatio(parsing, rebuild),
      growth: growth(lastRun, events),
    })),
  };
};

/** @returns {number[]} */
const noTimes = () => [];

/**
 * The ms from the last sample at position 0 to the end, so that neither taking the lease nor the polling before counts.
 * @param {Sample[]} samples
 */
const elapsed = (samples) => {
  const from = samples.findLast(({ position }) => position === 0) ?? samples[0];
  return (samples.at(-1)?.at ?? Number.NaN) - (from?.at ?? Number.NaN);
};

const parts = 5;

/**
 * Events per second, and memory, in each fifth of the log.
 * @param {Sample[]} samples
 * @param {number} events
 */
const growth = (samples, events) => {
  const ends = Array.from({ length: parts + 1 }, (_, part) => {
    const end = samples.find(({ position }) => position >= (events * part) / parts);
    if (!end) throw new Error(`no sample of part ${part}`);
    return end;
  });
  return ends.slice(1).map((last, part) => ({
    to: (events * (part + 1)) / parts,
    rate: rateBetween(ends[part] ?? last, last),
    rssMiB: Math.round(last.rss / 2 ** 20),
  }));
};

/**
 * @param {Sample} from
 * @param {Sample} to
 */
const rateBetween = (from, to) => Math.round(((to.position - from.position) * 1000) / (to.at - from.at));

/**
 * Drops all generations of a projection and their tables, also those in a schema of the desk, so that it begins from nothing.
 * @param {pg.Pool} pool
 * @param {string} name
 */
const forget = async (pool, name) => {
  /** @type {pg.QueryResult<{ schema: string }>} */
  const { rows } = await pool.query(
    `DELETE FROM projections.generations WHERE name = $1
     RETURNING coalesce(volatile_schema, 'projection_' || replace(name, '-', '_') || '_' || generation) AS schema`,
    [name],
  );
  for (const { schema } of rows) await pool.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
};
