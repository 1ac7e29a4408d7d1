// The projection engine's benchmark: npm run bench:projections. What the figures mean: docs/benchmarks.md.
import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { makeBed } from './bed.mjs';
import { databaseOptions, openDatabase, poolOf, PostgresEventStore } from './built.mjs';
import { dist } from './built.mjs';
import { catchUpSection } from './projections/catch-up.mjs';
import { liveSection } from './projections/live.mjs';
import { render } from './projections/report.mjs';
import { importSample, readLog, weeks } from './projections/sample-log.mjs';

const { migrations } = await dist('registry.js');
const reports = fileURLToPath(new URL('../../reports/', import.meta.url));

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
  /** Those whose catching up and rebuild is measured; all of them where none is named. */
  projections: values.projections.split(',').filter(Boolean),
};

const bed = await makeBed();
const open = async (name) => {
  const url = await bed.database(name);
  const database = await openDatabase(databaseOptions({ url, migrations, entities: [] }));
  bed.onClose(() => database.destroy());
  const pool = poolOf(database);
  const store = new PostgresEventStore(pool);
  bed.onClose(() => store.close());
  return { url, pool, store };
};

try {
  process.stderr.write('the sample week …\n');
  const week = await open('sample');
  await importSample(week.url);
  const sample = await readLog(week.store);
  const log = await open('log');
  process.stderr.write(`${options.events} events of its mix …\n`);
  for (const batch of weeks(sample, options.events)) await log.store.restore(batch);
  await log.pool.query('VACUUM ANALYZE event_store.events');
  const report = {
    at: new Date().toISOString(),
    machine: { cpu: cpus()[0]?.model, cores: availableParallelism(), node: process.version },
    loadBefore: loadavg()[0],
    options,
  };
  const sections = { 'catch-up': catchUpSection, live: liveSection };
  for (const name of values.only.split(',')) {
    process.stderr.write(`${name} …\n`);
    report[name] = await sections[name](log, options, sample);
    process.stdout.write(`${render[name](report[name])}\n\n`);
  }
  await mkdir(reports, { recursive: true });
  await writeFile(`${reports}bench-projections.json`, `${JSON.stringify(report, undefined, 2)}\n`);
} finally {
  await bed.close();
}
