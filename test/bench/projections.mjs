// The projection engine's benchmark: npm run bench:projections. docs/benchmarks.md says what the figures mean.
import { parseArgs } from 'node:util';
import { makeBed } from './support/bed.mjs';
import { openProduct } from './support/product.mjs';
import { catchUpSection } from './projections/catch-up.mjs';
import { liveSection } from './projections/live.mjs';
import { render } from './projections/report.mjs';
import { readSample, weeks } from './projections/sample-log.mjs';
import { beginReport, writeReport } from './support/report-file.mjs';
import { chosenSections, runSections, section } from './support/sections.mjs';

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '10' },
    writes: { type: 'string', default: '500' },
    only: { type: 'string', default: 'catch-up,live' },
    projections: { type: 'string', default: '' },
  },
});
const options = {
  events: Number(values.events),
  rounds: Number(values.rounds),
  seconds: Number(values.seconds),
  writes: Number(values.writes),
  /** The projections whose catch-up and rebuild are measured; all of them when none is named. */
  projections: values.projections.split(',').filter(Boolean),
};

const chosen = chosenSections(values.only, ['catch-up', 'live']);

const bed = await makeBed();

try {
  process.stderr.write('the sample week …\n');
  const sample = await readSample(bed);
  const log = await openProduct(bed, 'log');
  process.stderr.write(`${options.events} events of its mix …\n`);
  for (const batch of weeks(sample, options.events)) await log.store.restore(batch);
  await log.pool.query('VACUUM ANALYZE event_store.events');
  const report = beginReport(options);
  const sections = {
    'catch-up': section(() => catchUpSection(log, options), render['catch-up']),
    live: section(() => liveSection(log, options, sample), render.live),
  };
  await runSections(report, sections, chosen);
  await writeReport('projections', report);
} finally {
  await bed.close();
}
