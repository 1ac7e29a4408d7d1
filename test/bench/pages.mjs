// How long pages take on a slow phone: npm run bench:pages. docs/benchmarks.md says what the figures mean.
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { launchOptions } from '../support/browser/chromium.mjs';
import { makeBed } from './support/bed.mjs';
import { startProduct } from './http/servers.mjs';
import { median } from './support/measure.mjs';
import { pages } from './pages/pages.mjs';
import { render } from './pages/report.mjs';
import { signedIn, visit } from './pages/visit.mjs';
import { importSample } from './projections/sample-log.mjs';
import { beginReport, writeReport } from './support/report-file.mjs';

/** @import { Visit } from './pages/visit.mjs' */

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    /** How many times slower the processor is made: 4 is a phone of the middle of the market beside a desktop computer. */
    cpu: { type: 'string', default: '4' },
  },
});
const options = { rounds: Number(values.rounds), cpu: Number(values.cpu) };

/** @param {Visit[]} visits */
const middle = (visits) => ({
  paintMs: median(visits.map(({ paintMs }) => paintMs)),
  interactiveMs: median(visits.map(({ interactiveMs }) => interactiveMs)),
  bytes: median(visits.map(({ bytes }) => bytes)),
  requests: median(visits.map(({ requests }) => requests)),
});

const bed = await makeBed();
try {
  const report = beginReport(options);
  const databaseUrl = await bed.database('pages');
  process.stderr.write('the sample week …\n');
  await importSample(databaseUrl);
  const server = await startProduct(databaseUrl);
  bed.onClose(() => server.close());
  // Signing in leads there, and cookies are kept by the name of the host.
  const url = server.url.replace('127.0.0.1', 'localhost');
  const browser = await chromium.launch(launchOptions());
  bed.onClose(() => browser.close());
  const cells = [];
  for (const page of pages) {
    process.stderr.write(`${page.name} …\n`);
    const session = await signedIn(browser, url, page.role);
    /** @type {Visit[]} */
    const first = [];
    /** @type {Visit[]} */
    const again = [];
    for (let round = 0; round < options.rounds; round += 1) {
      const context = await browser.newContext({ storageState: session });
      first.push(await visit(context, url, page, options.cpu));
      again.push(await visit(context, url, page, options.cpu));
      await context.close();
    }
    cells.push({ name: page.name, first: middle(first), again: middle(again) });
  }
  process.stdout.write(`${render({ cpu: options.cpu, cells })}\n`);
  await writeReport('pages', { ...report, cells });
} finally {
  await bed.close();
}
