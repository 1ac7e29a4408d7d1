// The benchmark of the API's throughput: npm run bench:http. docs/benchmarks.md says what the figures mean.
import { parseArgs } from 'node:util';
import { makeBed } from './support/bed.mjs';
import { startDefaultPostgres } from './http/default-postgres.mjs';
import { openingSection } from './http/opening.mjs';
import { readsSection } from './http/reads.mjs';
import { render } from './http/report.mjs';
import { startProduct, tokenOf } from './http/servers.mjs';
import { syncSection } from './http/sync.mjs';
import { beginReport, writeReport } from './support/report-file.mjs';
import { chosenSections, runSections, section } from './support/sections.mjs';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '5' },
    rounds: { type: 'string', default: '3' },
    /** How many seconds each contestant is under load before it counts. */
    'warm-up': { type: 'string', default: '5' },
    connections: { type: 'string', default: '16,64,256' },
    only: { type: 'string', default: 'opening,sync,reads' },
  },
});
const options = {
  seconds: Number(values.seconds),
  rounds: Number(values.rounds),
  warmUp: Number(values['warm-up']),
  connections: values.connections.split(',').map(Number),
};

const chosen = chosenSections(values.only, ['opening', 'sync', 'reads']);

const bed = await makeBed();
/** @type {import('./http/opening.mjs').Serve} */
const serve = async (starting) => {
  const server = await starting;
  bed.onClose(() => server.close());
  return server.url;
};

try {
  const report = { ...beginReport(options), ours: await bed.settings() };
  const [team, agent] = await Promise.all([tokenOf('mobile-team'), tokenOf('agent')]);
  const ours = await serve(startProduct(await bed.database('product')));
  const measureOpening = async () => {
    const postgres = await startDefaultPostgres(bed);
    const defaults = await serve(startProduct(await postgres.database('product')));
    const databases = { defaults: postgres, ours: bed };
    const measured = await openingSection(databases, serve, { defaults, ours }, { ...options, team });
    return { ...measured, defaults: await postgres.settings() };
  };
  const sections = {
    opening: section(measureOpening, render.opening),
    sync: section(() => syncSection(ours, { ...options, team }), render.sync),
    reads: section(() => readsSection(bed, serve, ours, { ...options, team, agent }), render.reads),
  };
  await runSections(report, sections, chosen);
  await writeReport('http', report);
} finally {
  await bed.close();
}
