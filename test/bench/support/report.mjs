/**
 * @import { AppendCell } from '../store/appends.mjs'
 * @import { Bulk } from '../store/bulk.mjs'
 * @import { Growth } from '../store/growth.mjs'
 * @import { Latency } from '../store/latency.mjs'
 * @import { Quantiles, Rates } from './measure.mjs'
 * @import { Reading } from '../store/reading.mjs'
 */

/** @param {number} value */
export const count = (value) => Math.round(value).toLocaleString('en').replaceAll(',', ' ');
/** @param {number} part */
export const percent = (part) => `${Math.round(part * 100)} %`;
/** @param {number} value */
export const times = (value) => `${value.toFixed(1)} ×`;
/** @param {Quantiles} quantiles */
export const p50AndP99 = ({ p50, p99 }) => `${p50} / ${p99}`;

/**
 * A Markdown table, in the form of those in docs/benchmarks.md.
 * @param {string[]} head
 * @param {string[][]} rows
 */
export const table = (head, rows) => {
  const lines = [head, head.map((_, index) => (index === 0 ? '---' : '--:')), ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
};

/** @param {Rates[]} contestants */
const rateRows = (contestants) => [
  ['median round', ...contestants.map(({ rate }) => count(rate))],
  ['best round', ...contestants.map(({ best }) => count(best))],
];

/** @type {readonly ['ours', 'emmett', 'plain', 'limit']} */
const contestants = ['ours', 'emmett', 'plain', 'limit'];

export const render = {
  /** @param {AppendCell[]} cells */
  append: (cells) =>
    `Appends a second, one event each, and p50 / p99 in ms\n\n${table(
      ['in flight', ...cells.map(({ inFlight }) => String(inFlight))],
      [
        ...contestants.map((name) => [name, ...cells.map((cell) => count(cell[name].rate))]),
        ['ours, best round', ...cells.map((cell) => count(cell.ours.best))],
        ['ours / emmett', ...cells.map((cell) => times(cell.toEmmett))],
        ['ours / limit', ...cells.map((cell) => percent(cell.toLimit))],
        ...contestants.map((name) => [`${name}, ms`, ...cells.map((cell) => p50AndP99(cell[name]))]),
      ],
    )}`,
  /** @param {Latency} latency */
  latency: ({ append, appendToSubscriber }) =>
    `Latency when alone, ms\n\n${table(
      ['', 'p50', 'p99'],
      [
        ['append', String(append.p50), String(append.p99)],
        ['append to subscriber', String(appendToSubscriber.p50), String(appendToSubscriber.p99)],
      ],
    )}`,
  /** @param {Bulk} bulk */
  bulk: ({ ours, oursInPairs, limit, copy, ...ratios }) =>
    `Events a second, appends of 1 000 events\n\n${table(
      ['', 'ours', 'ours, two callers', 'limit', 'COPY'],
      [
        ...rateRows([ours, oursInPairs, limit, copy]),
        ['beside COPY', percent(ratios.toCopy), percent(ratios.inPairsToCopy), '', ''],
        ['beside the limit', percent(ratios.toLimit), '', '', ''],
      ],
    )}`,
  /** @param {Reading} reading */
  reading: ({ events, subscribed, parsed, selected, toSelect }) =>
    `Events a second, read in order from the beginning (${count(events)} events)\n\n${table(
      ['', 'subscription', 'with its JSON parsed', 'SELECT by hand'],
      [...rateRows([subscribed, parsed, selected]), ['beside SELECT', times(toSelect), '', '']],
    )}`,
  /** @param {Growth} growth */
  growth: ({ tenths, grownToNew, maxDeviation, maxDeviationFromControl, maxDeviationOfCpu }) =>
    `µs an event from an empty log on\n\n${table(
      ['events in the log', 'ours', 'control', 'ours / control', 'PostgreSQL’s processor time'],
      [
        ...tenths.map(({ upTo, microsecondsAnEvent, control, postgresCpu }) => [
          count(upTo),
          ...[microsecondsAnEvent, control, microsecondsAnEvent / control, postgresCpu].map((value) =>
            value.toFixed(2),
          ),
        ]),
        [
          'farthest from the mean',
          percent(maxDeviation),
          '',
          percent(maxDeviationFromControl),
          percent(maxDeviationOfCpu),
        ],
      ],
    )}\n\nAn append of 500 events to a log of ${count(grownToNew.events)}, beside one to a new log, in turns: ${percent(
      grownToNew.time,
    )} of its time, ${percent(grownToNew.postgresCpu)} of PostgreSQL’s processor time`,
};
