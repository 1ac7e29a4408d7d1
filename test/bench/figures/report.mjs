import { count, table } from '../support/report.mjs';

/**
 * @import { Quantiles } from '../support/measure.mjs'
 * @typedef {Quantiles & { beside?: Quantiles }} MeasuredRead
 */

/** @param {number} ratio */
const times = (ratio) => (ratio >= 10 ? String(Math.round(ratio)) : ratio.toFixed(1));

/**
 * The table of reads, each beside the GROUP BY that gives the same answer, if there is one; the ratio is that of the medians.
 * @param {{ tickets: number, events: number, reads: Record<string, MeasuredRead> }} result
 */
export const render = ({ tickets, events, reads }) =>
  `Milliseconds a read, over ${count(tickets)} tickets (${count(events)} events)\n\n${table(
    ['', 'p50', 'p99', 'GROUP BY p50', 'GROUP BY p99', 'times as fast'],
    Object.entries(reads).map(([name, { p50, p99, beside }]) => [
      ...[name, String(p50), String(p99)],
      ...(beside ? [String(beside.p50), String(beside.p99), times(beside.p50 / p50)] : ['', '', '']),
    ]),
  )}`;
