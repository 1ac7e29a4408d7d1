import { setTimeout as sleep } from 'node:timers/promises';
import { quantiles, rounded } from '../support/measure.mjs';
import { projectionOf, startEngine, typesOf } from './engine.mjs';
import { weeks } from './sample-log.mjs';

/**
 * @import { RecordedEvent } from '../../../src/platform/event-store/event-store.js'
 * @import { ProjectionType } from '../../../src/platform/projections/projection.js'
 * @import { Product } from '../support/product.mjs'
 * @typedef {Awaited<ReturnType<typeof startEngine>>} Engine
 * @typedef {{ seconds: number, writes: number }} Traffic
 * @typedef {Awaited<ReturnType<typeof measured>>} Live
 */

const all = typesOf([]);
const [figures] = /** @type {[ProjectionType]} */ (typesOf(['daily-figures']));
const patienceMs = 600_000;

/** @returns {number[]} */
const noTimes = () => [];

/**
 * Sends `writes` writes per second, spread evenly, each one event of a new ticket. Measures, in ms, how long each takes to be written, and
 * then to be readable in the figures and in all projections.
 * @param {{ store: Product['store'], engine: Engine, openings: ReturnType<typeof openingsOf> }} place
 * @param {Traffic} traffic
 */
const load = async ({ store, engine, openings }, { seconds, writes }) => {
  const [written, readable, everywhere] = [noTimes(), noTimes(), noTimes()];
  /** @type {Promise<void>[]} */
  const sent = [];
  const startedAt = performance.now();
  for (let index = 0; index < seconds * writes; index += 1) {
    const due = startedAt + (index * 1000) / writes;
    const wait = due - performance.now();
    if (wait > 0) await sleep(wait);
    const { value: event } = openings.next();
    if (!event) throw new Error('the openings have an end');
    const sentAt = performance.now();
    const write = store
      .append({ stream: event.stream, expectedRevision: 0, events: [event] })
      .then(async ({ position }) => {
        written.push(performance.now() - sentAt);
        const answeredAt = performance.now();
        const reached = all.map((type) => engine.waitForPosition(type, position, patienceMs));
        await engine.waitForPosition(figures, position, patienceMs);
        readable.push(performance.now() - answeredAt);
        await Promise.all(reached);
        everywhere.push(performance.now() - answeredAt);
      });
    sent.push(write);
  }
  await Promise.all(sent);
  return { write: quantiles(written), untilRead: quantiles(readable), untilAll: quantiles(everywhere) };
};

/**
 * Measures live traffic with all projections, as a server runs them: alone, while a rebuild runs, and alone again.
 * @param {Product} log
 * @param {Traffic} options
 * @param {RecordedEvent[]} sample
 */
export const liveSection = async (log, options, sample) => {
  const engine = await startEngine(all, log);
  try {
    return await measured(engine, log, options, sample);
  } finally {
    await engine.stop();
  }
};

/**
 * @param {Engine} engine
 * @param {Product} log
 * @param {Traffic} options
 * @param {RecordedEvent[]} sample
 */
const measured = async (engine, { store }, options, sample) => {
  const end = await store.lastPosition();
  await Promise.all(all.map((type) => engine.waitForPosition(type, end, patienceMs)));
  const place = { store, engine, openings: openingsOf(sample) };
  await load(place, { ...options, seconds: 2 });
  const alone = await load(place, options);
  const projection = projectionOf(engine, 'daily-figures');
  await engine.generations.rebuild(projection);
  await engine.notify();
  const beside = await load(place, options);
  const building = (await engine.generations.current()).some(({ state }) => state === 'building');
  const again = await load(place, options);
  return {
    writesASecond: options.writes,
    alone,
    besideRebuild: beside,
    aloneAgain: again,
    rebuildStillRan: building,
    writeP99Ratio: rounded(beside.write.p99 / Math.max(alone.write.p99, again.write.p99)),
  };
};

/**
 * Openings of the sample's tickets, week after week, without end.
 * @param {RecordedEvent[]} sample
 */
function* openingsOf(sample) {
  const opened = sample.filter(({ type }) => type === 'TicketOpened');
  for (const batch of weeks(opened, Number.POSITIVE_INFINITY)) yield* batch;
}
