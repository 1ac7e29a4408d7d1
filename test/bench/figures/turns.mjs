import { dist } from '../support/built.mjs';

/** @typedef {ReturnType<typeof makeTurns>} Turns */

const { instant } = await dist('shared/instant.js');

const dayMs = 24 * 3_600_000;
const start = Date.parse('2026-05-09T04:00:00Z');

/**
 * The day, position and instant to read at each turn. The steps share no factor with a week, and cover the whole log in time.
 * @param {number} weeks
 * @param {number} events
 */
export const makeTurns = (weeks, events) => {
  const days = weeks * 7;
  /** @param {number} number */
  const startOf = (number) => new Date(start + number * dayMs);
  return {
    /** @param {number} turn */
    dayAt: (turn) => (turn * 37) % days,
    /** The instant at which a day begins. */
    startOf,
    /** @param {number} number */
    named: (number) => startOf(number).toISOString().slice(0, 10),
    /** @param {number} turn */
    positionAt: (turn) => BigInt(1 + ((turn * 104_729) % events)),
    /** @param {number} turn */
    instantAt: (turn) => instant(start + ((turn * 104_729 * 60_000) % (days * dayMs))),
  };
};
