import { setTimeout as sleep } from 'node:timers/promises';
import { dist } from '../support/built.mjs';

/**
 * @import pg from 'pg'
 * @import { EventStore } from '../../../src/platform/event-store/event-store.js'
 * @import { ProjectionType } from '../../../src/platform/projections/projection.js'
 * @typedef {{ at: number, position: number, rss: number }} Sample
 */

const { Projections } = await dist('platform/projections/projections.js');
const { createLogger } = await dist('platform/observability/logger.js');
const { projections } = await dist('boot/registry.js');

/** @param {ProjectionType} type */
export const nameOf = (type) => new type().name;

/**
 * The named projections of the product; all of them when none is named.
 * @param {readonly string[]} names
 */
export const typesOf = (names) =>
  names.length === 0 ? projections : projections.filter((type) => names.includes(nameOf(type)));

/**
 * The product's engine, with some of its projections, in this process.
 * @param {readonly ProjectionType[]} chosen
 * @param {{ store: EventStore, pool: pg.Pool }} log
 */
export const startEngine = async (chosen, { store, pool }) => {
  const engine = new Projections(chosen, {
    store,
    pool,
    logger: createLogger({ logLevel: 'error' }),
    lead: true,
  });
  await engine.prepare();
  engine.start();
  return engine;
};

/**
 * Samples, every 20 ms, how far a projection's generation in this state has come, until `done` is true of its position.
 * @param {pg.Pool} pool
 * @param {string} name
 * @param {'serving' | 'building'} state
 * @param {(position: number) => boolean} done
 */
export const watch = async (pool, name, state, done) => {
  /** @type {Sample[]} */
  const samples = [];
  for (;;) {
    /** @type {pg.QueryResult<{ position: string }>} */
    const { rows } = await pool.query(
      'SELECT position FROM projections.generations WHERE name = $1 AND state = $2',
      [name, state],
    );
    const position = Number(rows[0]?.position ?? Number.NaN);
    samples.push({ at: performance.now(), position, rss: process.memoryUsage().rss });
    if (done(position)) return samples;
    await sleep(20);
  }
};

/**
 * A projection of the engine, by name.
 * @param {Awaited<ReturnType<typeof startEngine>>} engine
 * @param {string} name
 */
export const projectionOf = (engine, name) => {
  const projection = engine.find(name);
  if (!projection) throw new Error(`the engine runs no ${name}`);
  return projection;
};
