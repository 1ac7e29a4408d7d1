import { readFile } from 'node:fs/promises';

/**
 * One round of a contestant: how many appends or events it did, and in how many ms.
 * @typedef {{ count: number, ms: number }} Round
 * @typedef {Round & { latencies: number[] }} RoundOfCalls
 * @typedef {{ p50: number, p99: number }} Quantiles
 * @typedef {{ rate: number, best: number }} Rates
 */

/**
 * An empty list of rounds for each contestant.
 * @template {string} Name
 * @param {Record<Name, unknown>} contestants
 * @returns {Record<Name, Round[]>}
 */
export const noRounds = (contestants) =>
  /** @type {Record<Name, Round[]>} */ (mapValues(contestants, () => []));

/**
 * The same members with other values.
 * @template {string} Name
 * @template Value, Result
 * @param {Record<Name, Value>} object
 * @param {(value: Value, name: Name) => Result} change
 * @returns {Record<Name, Result>}
 */
export const mapValues = (object, change) =>
  /** @type {Record<Name, Result>} */ (
    Object.fromEntries(namesOf(object).map((name) => [name, change(object[name], name)]))
  );

/**
 * @template {string} Name
 * @param {Record<Name, unknown>} object
 */
export const namesOf = (object) => /** @type {Name[]} */ (Object.keys(object));

/**
 * Runs `inFlight` callers for `ms`; each sends its next append when it has the answer to the one before.
 * @param {() => Promise<unknown>} append
 * @param {number} inFlight
 * @param {number} ms
 * @returns {Promise<RoundOfCalls>}
 */
export const closedLoop = async (append, inFlight, ms) => {
  /** @type {number[]} */
  const latencies = [];
  const startedAt = performance.now();
  const until = startedAt + ms;
  const caller = async () => {
    for (;;) {
      const sentAt = performance.now();
      if (sentAt >= until) return;
      await append();
      latencies.push(performance.now() - sentAt);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, caller));
  return { count: latencies.length, ms: performance.now() - startedAt, latencies };
};

/** @param {() => Promise<unknown>} run */
export const timed = async (run) => {
  const startedAt = performance.now();
  await run();
  return performance.now() - startedAt;
};

/**
 * The quantile `q` (0 to 1) of the values; NaN when there are none.
 * @param {Iterable<number>} values
 * @param {number} q
 */
export const quantile = (values, q) => {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
};
/**
 * The median and the 99th percentile of values in milliseconds, rounded as reports show them.
 * @param {Iterable<number>} values
 * @returns {Quantiles}
 */
export const quantiles = (values) => ({
  p50: rounded(quantile(values, 0.5)),
  p99: rounded(quantile(values, 0.99)),
});

/** @param {Iterable<number>} values */
export const median = (values) => quantile(values, 0.5);

/** @param {number} value */
export const rounded = (value, digits = 2) => Number(value.toFixed(digits));

/**
 * The median and the best rate of a cell's rounds, per second. The best is nearer to what a machine without other load gives.
 * @param {readonly Round[]} rounds
 * @returns {Rates}
 */
export const rates = (rounds) => ({
  rate: Math.round(median(rounds.map(rateOf))),
  best: Math.round(Math.max(...rounds.map(rateOf))),
});

/**
 * The rates of a cell's rounds, and the quantiles of all its calls in milliseconds.
 * @param {readonly RoundOfCalls[]} rounds
 * @returns {Rates & Quantiles}
 */
export const summary = (rounds) => {
  const latencies = rounds.flatMap((round) => round.latencies);
  return { ...rates(rounds), ...quantiles(latencies) };
};

/** @param {Round} round */
const rateOf = ({ count, ms }) => (count / ms) * 1000;

/**
 * The median of the ratios of the rates, round by round: whatever slows the machine for a while slows both sides of a ratio.
 * @param {readonly Round[]} rounds
 * @param {readonly Round[]} baseline
 */
export const ratio = (rounds, baseline) => medianRatio(rounds.map(rateOf), baseline.map(rateOf));

/**
 * The median of the ratios of two measurements, round by round.
 * @param {readonly number[]} values
 * @param {readonly number[]} baseline
 */
export const medianRatio = (values, baseline) =>
  rounded(median(values.map((value, index) => value / (baseline[index] ?? Number.NaN))));

/**
 * The processor time that a process has taken, in microseconds; NaN on a system without Linux's /proc.
 * @param {number} pid
 */
export const cpuMicroseconds = async (pid) => {
  const [user, system] = await cpuTicks(pid);
  return (Number(user) + Number(system)) * tickMicroseconds;
};

/**
 * The same of a process and all those that it started, such as PostgreSQL's.
 * @param {number} pid
 */
export const cpuMicrosecondsWithChildren = async (pid) => {
  const listed = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  const children = listed.split(' ').filter((child) => child !== '');
  const running = await Promise.all(children.map((child) => cpuMicroseconds(Number(child))));
  const [user, system, endedUser, endedSystem] = await cpuTicks(pid);
  const own = (Number(user) + Number(system) + Number(endedUser) + Number(endedSystem)) * tickMicroseconds;
  // A process that ended meanwhile is among the ended ones the next time.
  return own + running.filter((value) => !Number.isNaN(value)).reduce((sum, value) => sum + value, 0);
};

const tickMicroseconds = 10_000;

/**
 * Ticks in user mode and in the system: of the process, then of its children that ended.
 * @param {number} pid
 */
const cpuTicks = async (pid) => {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 15);
};
