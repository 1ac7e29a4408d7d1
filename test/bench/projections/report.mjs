import { count, p50AndP99, percent, table } from '../support/report.mjs';

/**
 * @import { CatchUp } from './catch-up.mjs'
 * @import { Live } from './live.mjs'
 */

/** @param {CatchUp['projections'][number]['growth'][number] | undefined} part */
const partOf = (part) => (part ? [count(part.rate), String(part.rssMiB)] : ['', '']);

export const render = {
  /** @param {CatchUp} catchUp */
  'catch-up': ({ events, reading, parsing, groupBy, projections }) =>
    `Events a second, over ${count(events)} events of the sample's mix. Reading alone: ${count(reading)}; with the events' JSON parsed: ${count(parsing)}; one GROUP BY in PostgreSQL: ${count(groupBy)}.\n\n${table(
      ['', 'catch-up', 'of reading', 'of reading and parsing', 'rebuild', 'of reading and parsing'],
      projections.map(({ name, catchUp, toReading, toParsing, rebuild, rebuildToParsing }) => [
        ...[name, count(catchUp), percent(toReading), percent(toParsing)],
        ...[count(rebuild), percent(rebuildToParsing)],
      ]),
    )}\n\n${table(
      ['up to event', ...projections.flatMap(({ name }) => [`${name}, a second`, 'RSS, MiB'])],
      (projections[0]?.growth ?? []).map(({ to }, part) => [
        count(to),
        ...projections.flatMap(({ growth }) => partOf(growth[part])),
      ]),
    )}`,
  /** @param {Live} live */
  live: ({ writesASecond, alone, besideRebuild, aloneAgain, writeP99Ratio, rebuildStillRan }) =>
    `Latency at ${writesASecond} writes a second, ms, p50 / p99\n\n${table(
      ['', 'alone', 'beside a rebuild', 'alone again'],
      [
        ['until written', ...[alone, besideRebuild, aloneAgain].map(({ write }) => p50AndP99(write))],
        [
          'from the answer until the figures have it',
          ...[alone, besideRebuild, aloneAgain].map(({ untilRead }) => p50AndP99(untilRead)),
        ],
        [
          'until the last of all projections has it',
          ...[alone, besideRebuild, aloneAgain].map(({ untilAll }) => p50AndP99(untilAll)),
        ],
      ],
    )}\n\nThe write p99 beside a rebuild is ${writeP99Ratio} × that alone; the rebuild ${
      rebuildStillRan ? 'was still running at the end' : 'ended meanwhile'
    }.`,
};
