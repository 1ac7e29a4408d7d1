export const count = (value) => Math.round(value).toLocaleString('en').replaceAll(',', ' ');
export const percent = (part) => `${Math.round(part * 100)} %`;
const times = (value) => `${value.toFixed(1)} ×`;
const quantiles = ({ p50, p99 }) => `${p50} / ${p99}`;

/** A Markdown table, as docs/benchmarks.md holds it. */
export const table = (head, rows) => {
  const lines = [head, head.map((_, index) => (index === 0 ? '---' : '--:')), ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
};

const rateRows = (contestants) => [
  ['median round', ...contestants.map(({ rate }) => count(rate))],
  ['best round', ...contestants.map(({ best }) => count(best))],
];

const renderers = {
  append: (cells) =>
    `Appends a second, one event each, and p50 / p99 in ms\n\n${table(
      ['in flight', ...cells.map(({ inFlight }) => String(inFlight))],
      [
        ...['ours', 'emmett', 'plain', 'limit'].map((name) => [
          name,
          ...cells.map((cell) => count(cell[name].rate)),
        ]),
        ['ours, best round', ...cells.map((cell) => count(cell.ours.best))],
        ['ours / emmett', ...cells.map((cell) => times(cell.toEmmett))],
        ['ours / limit', ...cells.map((cell) => percent(cell.toLimit))],
        ...['ours', 'emmett', 'plain', 'limit'].map((name) => [
          `${name}, ms`,
          ...cells.map((cell) => quantiles(cell[name])),
        ]),
      ],
    )}`,
  latency: ({ append, appendToSubscriber }) =>
    `Latency when alone, ms\n\n${table(
      ['', 'p50', 'p99'],
      [
        ['append', String(append.p50), String(append.p99)],
        ['append to subscriber', String(appendToSubscriber.p50), String(appendToSubscriber.p99)],
      ],
    )}`,
  bulk: ({ ours, oursInPairs, limit, copy, ...ratios }) =>
    `Events a second, appends of 1 000 events\n\n${table(
      ['', 'ours', 'ours, two callers', 'limit', 'COPY'],
      [
        ...rateRows([ours, oursInPairs, limit, copy]),
        ['beside COPY', percent(ratios.toCopy), percent(ratios.inPairsToCopy), '', ''],
        ['beside the limit', percent(ratios.toLimit), '', '', ''],
      ],
    )}`,
  reading: ({ events, subscribed, parsed, selected, toSelect }) =>
    `Events a second, read in order from the beginning (${count(events)} events)\n\n${table(
      ['', 'subscription', 'with its JSON parsed', 'SELECT by hand'],
      [...rateRows([subscribed, parsed, selected]), ['beside SELECT', times(toSelect), '', '']],
    )}`,
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

export const render = (name, result) => renderers[name](result);
