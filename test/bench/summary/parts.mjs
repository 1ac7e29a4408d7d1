/**
 * @import { AppendCell } from '../store/appends.mjs'
 * @import { Bulk } from '../store/bulk.mjs'
 * @import { ReadCell } from '../desk/report.mjs'
 * @import { MeasuredRead } from '../figures/report.mjs'
 * @import { Opening } from '../http/opening.mjs'
 * @import { Reads } from '../http/reads.mjs'
 * @import { Sync } from '../http/sync.mjs'
 * @import { CatchUp } from '../projections/catch-up.mjs'
 * @import { Reading } from '../store/reading.mjs'
 * @import { Protection } from '../security.mjs'
 * @import { Ratio } from './compare.mjs'
 * @typedef {{ program: string, args: string[], report: string, ratiosOf: (report: never) => Ratio[] }} Part
 */

/**
 * How often something is contained in something else, or how many times as fast it is: more is better in each ratio.
 * @param {string} what
 * @param {number} value
 * @param {number} [aim]
 * @returns {Ratio}
 */
const ratio = (what, value, aim) => ({ what, ratio: value, aim });

/**
 * @template Found
 * @param {Found | undefined} found
 * @param {string} what
 */
const present = (found, what) => {
  if (found === undefined) throw new Error(`the report has no ${what}`);
  return found;
};

/** @param {{ append: AppendCell[], bulk: Bulk, reading: Reading }} report */
const storeRatios = ({ append, bulk, reading }) => {
  /** @param {number} inFlight */
  const cell = (inFlight) =>
    present(
      append.find((each) => each.inFlight === inFlight),
      `appends with ${inFlight} in flight`,
    );
  return [
    ratio('append, alone / Emmett', cell(1).toEmmett, 1),
    ratio('append, 64 in flight / Emmett', cell(64).toEmmett, 10),
    ratio('append, 64 in flight / batches without a store', cell(64).toLimit, 0.75),
    ratio('appends of 1 000 events / COPY', bulk.toCopy, 0.8),
    ratio('reading in order / SELECT by hand', reading.toSelect),
  ];
};

/** @param {{ 'catch-up': CatchUp }} report */
const projectionRatios = (report) =>
  report['catch-up'].projections.flatMap(({ name, toReading, rebuildToParsing }) => [
    ratio(`${name} caught up / reading`, toReading, name === 'daily-figures' ? 0.6 : undefined),
    ratio(`${name} rebuilt / reading and parsing`, rebuildToParsing),
  ]);

/** @param {{ reads: Record<string, MeasuredRead> }} report */
const figureRatios = ({ reads }) =>
  Object.entries(reads).flatMap(([name, { p50, beside }]) =>
    beside ? [ratio(`${name} / GROUP BY`, beside.p50 / p50)] : [],
  );

/** @param {{ opening: Opening, sync: Sync, reads: Reads }} report */
const httpRatios = ({ opening, sync, reads }) => {
  const [cell] = opening.cells;
  const four = sync.cells.find(({ senders }) => senders === 4);
  const { loads, defaultToCrud, toCrud, toLimit } = present(cell, 'opening');
  return [
    ratio('opening, PostgreSQL’s defaults / CRUD', defaultToCrud, 1.6),
    ratio('opening / CRUD', toCrud),
    ratio('opening / without a database', toLimit),
    ratio('commands in batches / CRUD, one by one', present(four, 'sync by four').rate / loads.crud.rate),
    ratio('list / TypeORM find of 50', reads.alone.toCrud, 5),
    ratio('list while tickets are opened / TypeORM find of 50', reads.whileOpened.toCrud, 5),
  ];
};

/** The reads of the desk that are compared with a read of a ticket, which takes what each request takes. */
const deskReads = [
  'active, by priority',
  'active, and how many of each status',
  'search: two words',
  'search: a typing error',
  'search: the last changed first',
  'its history',
];

/** @param {{ reads: { cells: ReadCell[] } }} report */
const deskRatios = ({ reads: { cells } }) => {
  /** @param {string} wanted */
  const rateOf = (wanted) =>
    present(
      cells.find(({ name }) => name === wanted),
      wanted,
    ).rate;
  return deskReads.map((name) => ratio(`${name} / a ticket`, rateOf(name) / rateOf('a ticket')));
};

/** @param {{ results: Record<string, Protection> }} report */
const securityRatios = ({ results }) =>
  Object.entries(results).map(([act, { ratios }]) =>
    ratio(`${act}, processor time unprotected / protected`, 1 / ratios.cpu),
  );

/**
 * A short run of each benchmark that needs nothing but this machine, about ten minutes in all, and the ratios of its report: each is of
 * two things that were measured in turns, or within the same minute. Latencies and rates by themselves tell of the machine.
 * @satisfies {Record<string, Part>}
 */
export const parts = {
  store: {
    program: 'store.mjs',
    args: ['--only', 'append,bulk,reading', '--in-flight', '1,64', '--seconds', '4'],
    report: 'store',
    ratiosOf: storeRatios,
  },
  projections: {
    program: 'projections.mjs',
    args: [
      ...['--only', 'catch-up', '--projections', 'daily-figures,ticket-list'],
      ...['--events', '200000', '--rounds', '3'],
    ],
    report: 'projections',
    ratiosOf: projectionRatios,
  },
  figures: {
    program: 'figures.mjs',
    args: ['--tickets', '50000', '--reads', '200'],
    report: 'figures',
    ratiosOf: figureRatios,
  },
  http: {
    program: 'http.mjs',
    args: ['--connections', '64', '--seconds', '3', '--rounds', '3', '--warm-up', '5'],
    report: 'http',
    ratiosOf: httpRatios,
  },
  desk: {
    program: 'desk.mjs',
    args: ['--only', 'reads', '--tickets', '50000', '--seconds', '2'],
    report: 'desk',
    ratiosOf: deskRatios,
  },
  security: {
    program: 'security.mjs',
    args: ['--seconds', '2', '--rounds', '3'],
    report: 'security',
    ratiosOf: securityRatios,
  },
};
