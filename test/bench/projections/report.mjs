import { count, percent, table } from '../report.mjs';

export const render = {
  'catch-up': ({ events, reading, groupBy, projections }) =>
    `Events a second, over ${count(events)} events of the sample's mix\n\n${table(
      ['', 'reading alone', 'GROUP BY', ...projections.map(({ name }) => name)],
      [
        ['live catch-up', count(reading), count(groupBy), ...projections.map((one) => count(one.catchUp))],
        ['rebuild', '', '', ...projections.map((one) => count(one.rebuild))],
        ['catch-up beside reading', '', '', ...projections.map((one) => percent(one.toReading))],
        ['rebuild beside reading', '', '', ...projections.map((one) => percent(one.rebuildToReading))],
      ],
    )}\n\n${table(
      ['up to event', ...projections.flatMap(({ name }) => [`${name}, a second`, 'RSS, MiB'])],
      projections[0].growth.map(({ to }, tenth) => [
        count(to),
        ...projections.flatMap(({ growth }) => [count(growth[tenth].rate), String(growth[tenth].rssMiB)]),
      ]),
    )}`,
  live: ({ writesASecond, alone, besideRebuild, aloneAgain, writeP99Ratio, rebuildStillRan }) =>
    `Latency at ${writesASecond} writes a second, ms, p50 / p99\n\n${table(
      ['', 'alone', 'beside a rebuild', 'alone again'],
      [
        [
          'until written',
          ...[alone, besideRebuild, aloneAgain].map(({ write }) => `${write.p50} / ${write.p99}`),
        ],
        [
          'from the answer until it can be read',
          ...[alone, besideRebuild, aloneAgain].map(({ untilRead }) => `${untilRead.p50} / ${untilRead.p99}`),
        ],
      ],
    )}\n\nThe write p99 beside a rebuild is ${writeP99Ratio} × that alone; the rebuild ${
      rebuildStillRan ? 'was still running at the end' : 'ended meanwhile'
    }.`,
};
