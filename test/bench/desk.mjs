// The benchmark of what agents read, over a million tickets: npm run bench:desk. docs/benchmarks.md says what the figures mean.
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { makeBed } from './support/bed.mjs';
import { busySection } from './desk/busy.mjs';
import { liveSection } from './desk/live.mjs';
import { deskReads } from './desk/reads.mjs';
import { render } from './desk/report.mjs';
import { fillLog } from './figures/log.mjs';
import { load } from './http/load.mjs';
import { startProduct, tokenOf } from './http/servers.mjs';
import { openProduct } from './support/product.mjs';
import { startEngine, typesOf } from './projections/engine.mjs';
import { readSample } from './projections/sample-log.mjs';
import { beginReport, writeReport } from './support/report-file.mjs';
import { chosenSections, runSections, section } from './support/sections.mjs';

const { values } = parseArgs({
  options: {
    tickets: { type: 'string', default: '1000000' },
    seconds: { type: 'string', default: '5' },
    connections: { type: 'string', default: '4' },
    only: { type: 'string', default: 'reads,live,busy' },
    /** The folder to keep the database in; a later run goes on from what is there. */
    data: { type: 'string' },
  },
});
const options = {
  tickets: Number(values.tickets),
  seconds: Number(values.seconds),
  connections: Number(values.connections),
};

const chosen = chosenSections(values.only, ['reads', 'live', 'busy']);

const bed = await makeBed(values.data);
/** @param {string} line */
const say = (line) => process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${line}\n`);

const fill = async () => {
  const sample = await readSample(bed);
  const opened = sample.filter(({ type }) => type === 'TicketOpened').length;
  const log = await openProduct(bed, 'log');
  say(`${options.tickets} tickets …`);
  await fillLog(log.store, sample, Math.ceil(options.tickets / opened));
  await log.pool.query('VACUUM ANALYZE event_store.events');
  say('the desk’s projections …');
  const types = typesOf(['ticket-list', 'ticket-search']);
  const engine = await startEngine(types, log);
  const end = await log.store.lastPosition();
  for (const type of types) while (!(await engine.waitForPosition(type, end, 60_000))) await sleep(0);
  await engine.stop();
  await log.pool.query('VACUUM ANALYZE');
  return log.url;
};

const readsSection = async () => {
  const databaseUrl = await fill();
  const server = await startProduct(databaseUrl, { ROLES: 'api' });
  try {
    const token = await tokenOf('agent');
    const reads = await deskReads(server.url, token);
    const cells = [];
    for (const [name, path] of reads) {
      const target = { url: server.url, path, token, connections: options.connections };
      await load({ ...target, seconds: 1 });
      cells.push({ name, ...(await load({ ...target, seconds: options.seconds })) });
    }
    return { tickets: options.tickets, connections: options.connections, cells };
  } finally {
    await server.close();
  }
};

try {
  const report = beginReport(options);
  const sections = {
    reads: section(readsSection, render.reads),
    live: section(() => liveSection(bed), render.live),
    busy: section(() => busySection(bed), render.busy),
  };
  await runSections(report, sections, chosen);
  await writeReport('desk', report);
} finally {
  await bed.close();
}
