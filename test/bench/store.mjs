// The event store's benchmark: npm run bench:store. docs/benchmarks.md says what the figures mean.
import { appendSection } from './store/appends.mjs';
import { makeBed } from './support/bed.mjs';
import { bulkSection } from './store/bulk.mjs';
import { growthSection } from './store/growth.mjs';
import { latencySection } from './store/latency.mjs';
import { readOptions } from './store/options.mjs';
import { readingSection } from './store/reading.mjs';
import { beginReport, writeReport } from './support/report-file.mjs';
import { render } from './support/report.mjs';
import { runSections, section } from './support/sections.mjs';

/** @import { Report } from './support/report-file.mjs' */

const options = readOptions();
const startedAt = performance.now();
const begun = beginReport(options);
const bed = await makeBed();
try {
  /** @type {Report} */
  const report = { ...begun, postgres: await bed.settings() };
  const sections = {
    append: section(() => appendSection(bed, options), render.append),
    latency: section(() => latencySection(bed), render.latency),
    bulk: section(() => bulkSection(bed), render.bulk),
    reading: section(() => readingSection(bed), render.reading),
    growth: section(() => growthSection(bed, options), render.growth),
  };
  await runSections(report, sections, options.only, (text) => options.json || process.stdout.write(text));
  report.seconds = Math.round((performance.now() - startedAt) / 1000);
  const text = await writeReport('store', report);
  if (options.json) process.stdout.write(text);
} finally {
  await bed.close();
}
