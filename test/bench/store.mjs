// The event store's benchmark: npm run bench:store. What the figures mean: docs/benchmarks.md.
import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { appendSection } from './appends.mjs';
import { makeBed } from './bed.mjs';
import { bulkSection } from './bulk.mjs';
import { growthSection } from './growth.mjs';
import { latencySection } from './latency.mjs';
import { readOptions } from './options.mjs';
import { readingSection } from './reading.mjs';
import { render } from './report.mjs';

const run = {
  append: appendSection,
  latency: latencySection,
  bulk: bulkSection,
  reading: readingSection,
  growth: growthSection,
};

const reports = fileURLToPath(new URL('../../reports/', import.meta.url));
const options = readOptions();
const startedAt = new Date();
const bed = await makeBed();
try {
  const report = {
    at: startedAt.toISOString(),
    machine: { cpu: cpus()[0]?.model, cores: availableParallelism(), node: process.version },
    /** Of the minute before: what else the machine is doing. */
    loadBefore: loadavg()[0],
    postgres: await bed.settings(),
    options,
  };
  for (const name of options.only) {
    process.stderr.write(`${name} …\n`);
    report[name] = await run[name](bed, options);
    if (!options.json) process.stdout.write(`${render(name, report[name])}\n\n`);
  }
  report.seconds = Math.round((Date.now() - startedAt.getTime()) / 1000);
  const text = `${JSON.stringify(report, undefined, 2)}\n`;
  await mkdir(reports, { recursive: true });
  await writeFile(`${reports}bench-store.json`, text);
  if (options.json) process.stdout.write(text);
} finally {
  await bed.close();
}
