import { readFile } from 'node:fs/promises';

/** `inFlight` callers, each sending its next append when it has the answer to the last, for so long. */
export const closedLoop = async (append, inFlight, ms) => {
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

export const timed = async (run) => {
  const startedAt = performance.now();
  await run();
  return performance.now() - startedAt;
};

export const quantile = (values, q) => {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))];
};
export const median = (values) => quantile(values, 0.5);

export const rounded = (value, digits = 2) => Number(value.toFixed(digits));

/** Of rounds of the same cell: the median rate and the best one, which is nearer to what a machine of one's own gives. */
export const rates = (rounds) => ({
  rate: Math.round(median(rounds.map(rateOf))),
  best: Math.round(Math.max(...rounds.map(rateOf))),
});

/** The same with the quantiles of all answers, in milliseconds. */
export const summary = (rounds) => {
  const latencies = rounds.flatMap((round) => round.latencies);
  return {
    ...rates(rounds),
    p50: rounded(quantile(latencies, 0.5)),
    p99: rounded(quantile(latencies, 0.99)),
  };
};

const rateOf = ({ count, ms }) => (count / ms) * 1000;

/** The median of the ratios round by round: what slows the machine for a while slows both sides of one. */
export const ratio = (rounds, others) =>
  rounded(median(rounds.map((round, index) => rateOf(round) / rateOf(others[index]))));

const tickMicroseconds = 10_000;

/** The processor's time that a process has taken; NaN where the system doesn't tell as Linux does. */
export const cpuMicroseconds = async (pid) => {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const [user, system] = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13);
  return (Number(user) + Number(system)) * tickMicroseconds;
};
