import { load, opening } from '../http/load.mjs';
import { closedLoop, median, ratio, rates, rounded, timed } from '../support/measure.mjs';
import { importSample } from '../projections/sample-log.mjs';
import { logOf, startOnKurrent, ticketAppends, untilFollowed } from './product.mjs';

/**
 * @import { Bed } from '../support/bed.mjs'
 * @import { Round } from '../support/measure.mjs'
 * @import { Contestants } from './contestants.mjs'
 * @typedef {{ url: string, bed: Bed, contestants: Contestants, rounds: number, seconds: number }} Bench
 * @typedef {{ ours: number, baseline: number, ratio: number }} Comparison
 */

const inFlight = 64;

/**
 * Runs both in turns, so that whatever slows the machine slows both; the first round warms up.
 * @param {number} count
 * @param {() => Promise<Round>} ours
 * @param {() => Promise<Round>} baseline
 * @returns {Promise<Comparison>}
 */
const inTurns = async (count, ours, baseline) => {
  /** @type {[Round[], Round[]]} */
  const [own, other] = [[], []];
  for (let round = -1; round < count; round += 1) {
    const results = [await ours(), await baseline()];
    if (round < 0) continue;
    own.push(/** @type {Round} */ (results[0]));
    other.push(/** @type {Round} */ (results[1]));
  }
  return { ours: rates(own).rate, baseline: rates(other).rate, ratio: ratio(own, other) };
};

/** @param {Bench} bench */
const clientAppends = ({ contestants, seconds }) => {
  return () => closedLoop(contestants.append.client, inFlight, seconds * 1000);
};

/**
 * Appends of one event to new streams, 64 in flight: by the engine, and by the client alone.
 * @param {Bench} bench
 */
export const appendSection = (bench) => {
  const { contestants, rounds, seconds } = bench;
  const byEngine = () => closedLoop(contestants.append.engine, inFlight, seconds * 1000);
  return inTurns(rounds, byEngine, clientAppends(bench));
};

/**
 * The same, of tickets, while all projections of a server follow; the client's turn comes once they have caught up.
 * @param {Bench} bench
 */
export const followedSection = async (bench) => {
  const { contestants, rounds, seconds } = bench;
  const { store } = contestants;
  const product = await startOnKurrent(await bench.bed.database('followed'), await logOf(bench));
  try {
    const next = await ticketAppends(product, store);
    const byEngine = async () => {
      const round = await closedLoop(() => store.append(next()), inFlight, seconds * 1000);
      await untilFollowed(product, await store.lastPosition());
      return round;
    };
    return await inTurns(rounds, byEngine, clientAppends(bench));
  } finally {
    await product.close();
  }
};

/**
 * Tickets opened over HTTP on 64 connections, beside the client's appends.
 * @param {Bench} bench
 */
export const openingSection = async (bench) => {
  const { contestants, rounds, seconds } = bench;
  const product = await startOnKurrent(await bench.bed.database('opening'), await logOf(bench));
  const { url, token } = product;
  const request = { url, token, path: '/v1/tickets', bodyOf: opening, connections: inFlight, seconds };
  const overHttp = async () => {
    const { rate } = await load({ ...request, method: 'POST' });
    await untilFollowed(product, await contestants.store.lastPosition());
    return { count: rate * seconds, ms: seconds * 1000 };
  };
  try {
    return await inTurns(rounds, overHttp, clientAppends(bench));
  } finally {
    await product.close();
  }
};

const eventsReadByClient = 5_000;

/**
 * The log read from its beginning: all of it by the engine's subscription, the first 5 000 events by the client's own.
 * @param {Bench} bench
 */
export const readingSection = ({ contestants: { read }, rounds }) => {
  /** @param {() => Promise<number>} reading */
  const round = async (reading) => {
    let count = 0;
    const ms = await timed(async () => (count = await reading()));
    return { count, ms };
  };
  return inTurns(
    rounds,
    () => round(read.engine),
    () => round(() => read.client(eventsReadByClient)),
  );
};

/**
 * The sample week sent through a server on KurrentDB, and through one on PostgreSQL, in turns; in seconds.
 * @param {Bench} bench
 * @returns {Promise<Comparison>}
 */
export const importSection = async (bench) => {
  const { bed, rounds } = bench;
  /** @type {[number[], number[]]} */
  const [ours, baseline] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    const settings = await logOf(bench);
    ours.push((await importSample(await bed.database(`import_kurrentdb_${round}`), settings)) / 1000);
    baseline.push((await importSample(await bed.database(`import_postgres_${round}`))) / 1000);
  }
  const ratios = ours.map((seconds, round) => seconds / (baseline[round] ?? Number.NaN));
  return {
    ours: rounded(median(ours), 1),
    baseline: rounded(median(baseline), 1),
    ratio: rounded(median(ratios)),
  };
};

/**
 * A server that is started on the log with an empty database, until it is ready.
 * @param {Bench} bench
 */
export const readySection = async (bench) => {
  const { bed, contestants } = bench;
  const { store, read } = contestants;
  const events = await read.engine();
  const product = await startOnKurrent(await bed.database('ready'), await logOf(bench));
  await product.close();
  return {
    events,
    seconds: rounded(product.readyMs / 1000, 1),
    position: String(await store.lastPosition()),
  };
};
