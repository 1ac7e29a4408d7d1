import { insertBatch } from './contestants.mjs';
import { cpuMicroseconds, medianRatio, rounded } from '../support/measure.mjs';
import { freshAppend } from './payload.mjs';

/**
 * @import pg from 'pg'
 * @import { EventStore } from '../../../src/platform/event-store/event-store.js'
 * @import { Bed } from '../support/bed.mjs'
 * @typedef {Awaited<ReturnType<typeof growthSection>>} Growth
 */

const eventsPerAppend = 500;
const pairs = 120;

/**
 * What an event costs in each tenth of the growth from an empty log to a large one. During every tenth a control writes into a table
 * that is emptied each time: if the control slows down, the machine is the cause and not the size of the log. PostgreSQL's processor
 * time for the appends is a second measure. At the end the large log and a new log get appends in turns.
 * @param {Bed} bed
 * @param {{ events: number }} options
 */
export const growthSection = async (bed, { events }) => {
  const { store, pool } = await bed.eventStore('growth');
  const controlPool = await bed.plainDatabase('growth_control');
  const control = await controlPool.connect();
  bed.onClose(() => control.release());
  const writer = await writerOf(store, pool);
  const batches = Math.max(1, Math.round(events / 10 / eventsPerAppend));
  // A control follows after this many batches, so that both run under the same load of the machine.
  const every = Math.max(1, Math.floor(batches / 10));

  for (let batch = 0; batch < 20; batch += 1) await insertBatch(control, [freshAppend(eventsPerAppend)]);
  const tenths = [];
  for (let tenth = 0; tenth < 10; tenth += 1) {
    await control.query('TRUNCATE bare');
    let ours = 0;
    let controlMicroseconds = 0;
    let controls = 0;
    const cpuBefore = await cpuMicroseconds(writer);
    for (let batch = 0; batch < batches; batch += 1) {
      const append = freshAppend(eventsPerAppend);
      ours += await microseconds(() => store.append(append));
      if (batch % every === 0) {
        const controlAppend = freshAppend(eventsPerAppend);
        controlMicroseconds += await microseconds(() => insertBatch(control, [controlAppend]));
        controls += 1;
      }
    }
    tenths.push({
      upTo: (tenth + 1) * batches * eventsPerAppend,
      microsecondsAnEvent: rounded(ours / (batches * eventsPerAppend)),
      control: rounded(controlMicroseconds / (controls * eventsPerAppend)),
      postgresCpu: rounded(((await cpuMicroseconds(writer)) - cpuBefore) / (batches * eventsPerAppend)),
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
 * The cost of an append to the grown log as a fraction of the cost of an append to a new log: the time, pair by pair, and the processor
 * time.
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
      const append = freshAppend(eventsPerAppend);
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
 * The pid of the PostgreSQL backend that runs the store's appends.
 * @param {EventStore} store
 * @param {pg.Pool} pool
 */
const writerOf = async (store, pool) => {
  await store.append(freshAppend(eventsPerAppend));
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
 * The largest deviation from the mean, as a fraction of the mean.
 * @param {number[]} values
 */
const deviation = (values) => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return rounded(Math.max(...values.map((value) => Math.abs(value / mean - 1))), 3);
};
