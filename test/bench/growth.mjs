import { insertBatch } from './contestants.mjs';
import { cpuMicroseconds, medianRatio, rounded } from './measure.mjs';
import { freshAppend } from './payload.mjs';

/**
 * @import pg from 'pg'
 * @import { EventStore } from '../../src/platform/event-store/event-store.js'
 * @import { Bed } from './bed.mjs'
 * @typedef {Awaited<ReturnType<typeof growthSection>>} Growth
 */

const eventsAnAppend = 500;
const pairs = 120;

/**
 * From an empty log to a large one: what an event costs in each tenth. Beside every tenth a control writes into a table that is
 * emptied each time: what slows it is the machine, not the size of the log. The processor's time that PostgreSQL took for
 * the appends says the same another way. At the end the large log and a new one get appends in turns.
 * @param {Bed} bed
 * @param {{ events: number }} options
 */
export const growthSection = async (bed, { events }) => {
  const { store, pool } = await bed.eventStore('growth');
  const controlPool = await bed.plainDatabase('growth_control');
  const control = await controlPool.connect();
  bed.onClose(() => control.release());
  const writer = await writerOf(store, pool);
  const batches = Math.max(1, Math.round(events / 10 / eventsAnAppend));
  // A control after so many batches, so that both have the same weather.
  const every = Math.max(1, Math.floor(batches / 10));

  for (let batch = 0; batch < 20; batch += 1) await insertBatch(control, [freshAppend(eventsAnAppend)]);
  const tenths = [];
  for (let tenth = 0; tenth < 10; tenth += 1) {
    await control.query('TRUNCATE bare');
    let ours = 0;
    let others = 0;
    let controls = 0;
    const cpuBefore = await cpuMicroseconds(writer);
    for (let batch = 0; batch < batches; batch += 1) {
      const append = freshAppend(eventsAnAppend);
      ours += await microseconds(() => store.append(append));
      if (batch % every === 0) {
        const other = freshAppend(eventsAnAppend);
        others += await microseconds(() => insertBatch(control, [other]));
        controls += 1;
      }
    }
    tenths.push({
      upTo: (tenth + 1) * batches * eventsAnAppend,
      microsecondsAnEvent: rounded(ours / (batches * eventsAnAppend)),
      control: rounded(others / (controls * eventsAnAppend)),
      postgresCpu: rounded(((await cpuMicroseconds(writer)) - cpuBefore) / (batches * eventsAnAppend)),
    });
  }
  return {
    tenths,
    grownToNew: await beside({ store, writer }, bed),
    maxDeviation: deviation(tenths.map((tenth) => tenth.microsecondsAnEvent)),
    maxDeviationFromControl: deviation(tenths.map((tenth) => tenth.microsecondsAnEvent / tenth.control)),
    maxDeviationOfCpu: deviation(tenths.map((tenth) => tenth.postgresCpu)),
  };
};

/**
 * What an append to the grown log costs as a part of what one to a new log costs: the time, pair by pair, and the processor's.
 * @param {{ store: EventStore, writer: number }} grown
 * @param {Bed} bed
 */
const beside = async (grown, bed) => {
  const young = await bed.eventStore('growth_new');
  const logs = {
    grown: timesOf(grown),
    young: timesOf({ store: young.store, writer: await writerOf(young.store, young.pool) }),
  };
  const inTurns = [logs.grown, logs.young];
  for (const log of inTurns) log.cpuBefore = await cpuMicroseconds(log.writer);
  for (let pair = 0; pair < pairs; pair += 1) {
    for (const { store, times } of pair % 2 === 0 ? inTurns : inTurns.toReversed()) {
      const append = freshAppend(eventsAnAppend);
      times.push(await microseconds(() => store.append(append)));
    }
  }
  const [ofGrown, ofNew] = [await cpuTaken(logs.grown), await cpuTaken(logs.young)];
  return {
    events: await grown.store.lastPosition().then(Number),
    time: medianRatio(logs.grown.times, logs.young.times),
    postgresCpu: rounded(ofGrown / ofNew),
  };
};

/** @param {{ store: EventStore, writer: number }} log */
const timesOf = (log) => ({ ...log, cpuBefore: 0, times: /** @type {number[]} */ ([]) });

/** @param {ReturnType<typeof timesOf>} log */
const cpuTaken = async ({ writer, cpuBefore }) => (await cpuMicroseconds(writer)) - cpuBefore;

/**
 * The process of PostgreSQL that the store's appends go through.
 * @param {EventStore} store
 * @param {pg.Pool} pool
 */
const writerOf = async (store, pool) => {
  await store.append(freshAppend(eventsAnAppend));
  /** @type {pg.QueryResult<{ pid: number }>} */
  const { rows } = await pool.query(
    `SELECT pid FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid() AND query LIKE '%event_store.append(%'`,
  );
  const [backend] = rows;
  if (!backend) throw new Error('no connection of the store has appended');
  return backend.pid;
};

/** @param {() => Promise<unknown>} run */
const microseconds = async (run) => {
  const startedAt = performance.now();
  await run();
  return (performance.now() - startedAt) * 1000;
};

/**
 * The farthest from the mean, as a part of it.
 * @param {number[]} values
 */
const deviation = (values) => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return rounded(Math.max(...values.map((value) => Math.abs(value / mean - 1))), 3);
};
