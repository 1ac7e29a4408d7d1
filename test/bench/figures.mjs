// How long the figures take to read: npm run bench:figures. What they mean: docs/benchmarks.md.
import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { makeBed } from './bed.mjs';
import { databaseOptions, dist, openDatabase, poolOf, PostgresEventStore } from './built.mjs';
import { makeLog } from './figures/log.mjs';
import { makeReads } from './figures/reads.mjs';
import { quantile, rounded } from './measure.mjs';
import { startEngine, types } from './projections/engine.mjs';
import { importSample, readLog } from './projections/sample-log.mjs';
import { count, table } from './report.mjs';

const { migrations } = await dist('registry.js');
const reports = fileURLToPath(new URL('../../reports/', import.meta.url));

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '1000000' },
    reads: { type: 'string', default: '300' },
  },
});
const options = { events: Number(values.events), reads: Number(values.reads) };
/** The figures’ own read models; the desk's is measured elsewhere. */
const figureTypes = types.filter((type) => new type().schema === 'billets_quotidiens');

const bed = await makeBed();
const open = async (name) => {
  const url = await bed.database(name);
  const database = await openDatabase(databaseOptions({ url, migrations, entities: [] }));
  bed.onClose(() => database.destroy());
  const pool = poolOf(database);
  const store = new PostgresEventStore(pool);
  bed.onClose(() => store.close());
  return { url, database, pool, store };
};

const measure = async (reads, read) => {
  const latencies = [];
  for (let index = 0; index < reads; index += 1) {
    const startedAt = performance.now();
    await read(index);
    latencies.push(performance.now() - startedAt);
  }
  return { p50: rounded(quantile(latencies, 0.5)), p99: rounded(quantile(latencies, 0.99)) };
};

try {
  process.stderr.write('the sample week …\n');
  const week = await open('sample');
  await importSample(week.url);
  const sample = await readLog(week.store);
  const log = await open('log');
  process.stderr.write(`${options.events} events of its mix …\n`);
  for (const batch of makeLog(sample, options.events)) await log.store.restore(batch);
  const engine = await startEngine(figureTypes, log);
  for (const type of figureTypes) {
    process.stderr.write(`${new type().name} …\n`);
    await engine.reach(type, BigInt(options.events), 3_600_000);
  }
  await engine.stop();
  await log.pool.query('VACUUM ANALYZE');
  const reads = await makeReads(log, sample, options.events);
  const report = {
    at: new Date().toISOString(),
    machine: { cpu: cpus()[0]?.model, cores: availableParallelism(), node: process.version },
    loadBefore: loadavg()[0],
    options,
    reads: {},
  };
  for (const [name, read] of Object.entries(reads)) {
    await measure(20, read);
    report.reads[name] = await measure(options.reads, read);
  }
  process.stdout.write(
    `Milliseconds a read, over ${count(options.events)} events\n\n${table(
      ['', 'p50', 'p99'],
      Object.entries(report.reads).map(([name, { p50, p99 }]) => [name, String(p50), String(p99)]),
    )}\n`,
  );
  await mkdir(reports, { recursive: true });
  await writeFile(`${reports}bench-figures.json`, `${JSON.stringify(report, undefined, 2)}\n`);
} finally {
  await bed.close();
}
