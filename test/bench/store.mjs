// The event store's benchmark: npm run bench:store. What the figures mean: docs/benchmarks.md.
import { appendSection } from './appends.mjs';
import { makeBed } from './bed.mjs';
import { bulkSection } from './bulk.mjs';
import { growthSection } from './growth.mjs';
import { latencySection } from './latency.mjs';
import { readOptions } from './options.mjs';
import { readingSection } from './reading.mjs';
import { beginReport, writeReport } from './report-file.mjs';
import { render } from './report.mjs';

const run = {
  append: appendSection,
  latency: latencySection,
  bulk: bulkSection,
  reading: readingSection,
  growth: growthSection,
};

const options = readOptions();
const startedAt = performance.now();
const begun = beginReport(options);
const bed = await makeBed();
try {
  const report = { ...begun, postgres: await bed.settings() };
  for (const name of options.only) {
    process.stderr.write(`${name} …\n`);
    report[name] = await run[name](bed, options);
    if (!options.json) process.stdout.write(`${render(name, report[name])}\n\n`);
  }
  report.seconds = Math.round((performance.now() - startedAt) / 1000);
  const text = await writeReport('store', report);
  if (options.json) process.stdout.write(text);
} finally {
  await bed.close();
}
