const dayMs = 24 * 3_600_000;
const start = Date.parse('2026-05-09T04:00:00Z');

/** What is asked for at each turn: steps that meet no rhythm of weeks, and lead through the whole log by and by. */
export const makeTurns = (weeks, events) => {
  const days = weeks * 7;
  const startOf = (number) => new Date(start + number * dayMs);
  return {
    dayAt: (turn) => (turn * 37) % days,
    /** When a day begins. */
    startOf,
    named: (number) => startOf(number).toISOString().slice(0, 10),
    positionAt: (turn) => BigInt(1 + ((turn * 104_729) % events)),
    instantAt: (turn) => new Date(start + ((turn * 104_729 * 60_000) % (days * dayMs))).toISOString(),
  };
};
