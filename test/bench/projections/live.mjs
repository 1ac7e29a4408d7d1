import { setTimeout as sleep } from 'node:timers/promises';
import { quantile, rounded } from '../measure.mjs';
import { startEngine, types } from './engine.mjs';
import { weeks } from './sample-log.mjs';

const quantiles = (values) => ({ p50: rounded(quantile(values, 0.5)), p99: rounded(quantile(values, 0.99)) });

/** So many writes a second, spread evenly, each an event of a ticket of its own: how long until it was written, and until it was read. */
const load = async (store, engine, openings, { seconds, writes }) => {
  const written = [];
  const readable = [];
  const all = [];
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
        await Promise.all(types.map((type) => engine.reach(type, position, 60_000)));
        readable.push(performance.now() - answeredAt);
      });
    all.push(one);
  }
  await Promise.all(all);
  return { write: quantiles(written), untilRead: quantiles(readable) };
};

/** Live traffic alone, and the same while a rebuild runs. */
export const liveSection = async (log, options, sample) => {
  const engine = await startEngine(types, log);
  try {
    return await measured(engine, log, options, sample);
  } finally {
    await engine.stop();
  }
};

const measured = async (engine, { store }, options, sample) => {
  const end = await store.lastPosition();
  await Promise.all(types.map((type) => engine.reach(type, end, 600_000)));
  const openings = openingsOf(sample);
  await load(store, engine, openings, { ...options, seconds: 2 });
  const alone = await load(store, engine, openings, options);
  const projection = engine.find('daily-figures');
  await engine.generations.rebuild(projection);
  await engine.call();
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
