import { count } from '../support/report.mjs';

/** @import { Comparison } from './sections.mjs' */

/**
 * @param {string} what
 * @param {string} aim
 * @param {string} unit
 */
const compared =
  (what, aim, unit) =>
  /** @param {Comparison} comparison */
  ({ ours, baseline, ratio }) =>
    `${what}: ${ratio.toFixed(2)} (aim ${aim}); ${shown(ours)} to ${shown(baseline)} ${unit}`;

/** @param {number} value */
const shown = (value) => (Number.isInteger(value) ? count(value) : String(value));

export const render = {
  append: compared('appends, engine / client', '≥ 0.8', 'a second'),
  followed: compared('the same while all projections follow', '≥ 0.6', 'a second'),
  opening: compared('tickets over HTTP / client', '≥ 0.4', 'a second'),
  reading: compared('reading, engine / client’s subscription', '≥ 8', 'events a second'),
  import: compared('import of the sample week, KurrentDB / PostgreSQL', '≤ 2.5', 's'),
  /** @param {{ events: number, seconds: number }} ready */
  ready: ({ events, seconds }) =>
    `ready on a log of ${count(events)} events: ${seconds} s (aim ≤ 8 on 16 373)`,
};
