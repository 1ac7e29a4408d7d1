import { setTimeout as sleep } from 'node:timers/promises';
import { quantile, rounded } from '../measure.mjs';
import { nameOf, startEngine, typesOf } from './engine.mjs';
import { weeks } from './sample-log.mjs';

const all = typesOf([]);
const figures = all.find((type) => nameOf(type) === 'daily-figures');
const patienceMs = 600_000;

const quantiles = (values) => ({ p50: rounded(quantile(values, 0.5)), p99: rounded(quantile(values, 0.99)) });

/** So many writes a second, spread evenly, each an event of a ticket of its own: how long until it was written, and until it could be read. */
const load = async (store, engine, openings, { seconds, writes }) => {
  const written = [];
  const readable = [];
  const everywhere = [];
  const sent = [];
  const startedAt = performance.now();
  for (let index = 0; index < seconds * writes; index += 1) {
    const due = startedAt + (index * 1000) / writes;
    const wait = due - performance.now();
    if (wait > 0) await sleep(wait);
    const { value: event } = openings.next();
    const sentAt = performance.now();
    const one = store
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
    sent.push(one);
  }
  await Promise.all(sent);
  return { write: quantiles(written), untilRead: quantiles(readable), untilAll: quantiles(everywhere) };
};

/** Live traffic with all projections, as a server runs them: alone, and the same while a rebuild runs. */
export const liveSection = async (log, options, sample) => {
  const engine = await startEngine(all, log);
  try {
    return await measured(engine, log, options, sample);
  } finally {
    await engine.stop();
  }
};

const measured = async (engine, { store }, options, sample) => {
  const end = await store.lastPosition();
  await Promise.all(all.map((type) => engine.waitForPosition(type, end, patienceMs)));
  const openings = openingsOf(sample);
  await load(store, engine, openings, { ...options, seconds: 2 });
  const alone = await load(store, engine, openings, options);
  const projection = engine.find('daily-figures');
  await engine.generations.rebuild(projection);
  await engine.notify();
  const beside = await load(store, engine, openings, options);
  const building = (await engine.generations.current()).some(({ state }) => state === 'building');
  const again = await load(store, engine, openings, options);
  return {
    writesASecond: options.writes,
    alone,
    besideRebuild: beside,
    aloneAgain: again,
    rebuildStillRan: building,
    writeP99Ratio: rounded(beside.write.p99 / Math.max(alone.write.p99, again.write.p99)),
  };
};

function* openingsOf(sample) {
  const opened = sample.filter(({ type }) => type === 'TicketOpened');
  for (const batch of weeks(opened, Number.POSITIVE_INFINITY)) yield* batch;
}
