import { readFile } from 'node:fs/promises';

/**
 * One round of a contestant: how much it did, and in how long.
 * @typedef {{ count: number, ms: number }} Round
 * @typedef {Round & { latencies: number[] }} RoundOfCalls
 * @typedef {{ p50: number, p99: number }} Quantiles
 * @typedef {{ rate: number, best: number }} Rates
 */

/**
 * As many lists of rounds as there are contestants, each empty.
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
 * `inFlight` callers, each sending its next append when it has the answer to the last, for so long.
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
 * NaN of nothing.
 * @param {Iterable<number>} values
 * @param {number} q
 */
export const quantile = (values, q) => {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
};
/**
 * In milliseconds, as reports show them.
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
 * Of rounds of the same cell: the median rate and the best one, which is nearer to what a machine of one's own gives.
 * @param {readonly Round[]} rounds
 * @returns {Rates}
 */
export const rates = (rounds) => ({
  rate: Math.round(median(rounds.map(rateOf))),
  best: Math.round(Math.max(...rounds.map(rateOf))),
});

/**
 * The same with the quantiles of all answers, in milliseconds.
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
 * The median of the ratios round by round: what slows the machine for a while slows both sides of one.
 * @param {readonly Round[]} rounds
 * @param {readonly Round[]} others
 */
export const ratio = (rounds, others) => medianRatio(rounds.map(rateOf), others.map(rateOf));

/**
 * The same of what was measured in each round.
 * @param {readonly number[]} values
 * @param {readonly number[]} others
 */
export const medianRatio = (values, others) =>
  rounded(median(values.map((value, index) => value / (others[index] ?? Number.NaN))));

const tickMicroseconds = 10_000;

/**
 * The processor's time that a process has taken; NaN where the system doesn't tell as Linux does.
 * @param {number} pid
 */
export const cpuMicroseconds = async (pid) => {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const [user, system] = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13);
  return (Number(user) + Number(system)) * tickMicroseconds;
};
