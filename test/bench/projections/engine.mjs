import { setTimeout as sleep } from 'node:timers/promises';
import { dist } from '../built.mjs';

const { Projections } = await dist('platform/projections/projections.js');
const { createLogger } = await dist('platform/observability/logger.js');
const { projections } = await dist('boot/registry.js');

export const nameOf = (type) => new type().name;

/** Those of the product's projections that are named; all of them where none is. */
export const typesOf = (names) =>
  names.length === 0 ? projections : projections.filter((type) => names.includes(nameOf(type)));

/** The product's engine, with some of its projections, in this process. */
export const startEngine = async (chosen, { store, pool }) => {
  const engine = new Projections(chosen, { store, pool, logger: createLogger('error'), lead: true });
  await engine.prepare();
  engine.start();
  return engine;
};

/** How far the rows of a projection in a state have come, and when; until `done` says so. Samples of `{ at, position, rss }`. */
export const watch = async (pool, name, state, done) => {
  const samples = [];
  for (;;) {
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
