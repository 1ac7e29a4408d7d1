// The benchmark of reading the figures: npm run bench:figures. docs/benchmarks.md says what its results mean.
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { makeBed } from './support/bed.mjs';
import { dist } from './support/built.mjs';
import { makeCrudReads, makeTickets } from './figures/crud.mjs';
import { fillLog } from './figures/log.mjs';
import { makeReads } from './figures/reads.mjs';
import { render } from './figures/report.mjs';
import { makeTurns } from './figures/turns.mjs';
import { quantiles } from './support/measure.mjs';
import { openProduct } from './support/product.mjs';
import { startEngine } from './projections/engine.mjs';
import { readSample } from './projections/sample-log.mjs';
import { beginReport, writeReport } from './support/report-file.mjs';

/**
 * @import { Read } from './figures/reads.mjs'
 * @import { MeasuredRead } from './figures/report.mjs'
 */

const { projections } = await dist('boot/registry.js');

const { values } = parseArgs({
  options: {
    tickets: { type: 'string', default: '1000000' },
    reads: { type: 'string', default: '300' },
    /** The folder to keep the database in; a later run goes on from what is there. */
    data: { type: 'string' },
  },
});
const options = { tickets: Number(values.tickets), reads: Number(values.reads) };
/** The figures’ own read models; the desk's are measured by desk.mjs. */
const figureTypes = projections.filter((type) => new type().schema === 'billets_quotidiens');

/** @param {string} line */
const say = (line) => process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${line}\n`);

const bed = await makeBed(values.data);

/**
 * The quantiles, in ms, of `reads` reads, after a tenth as many to warm up.
 * @param {number} reads
 * @param {Read} read
 */
const measure = async (reads, read) => {
  /** @type {number[]} */
  const latencies = [];
  for (let index = -reads / 10; index < reads; index += 1) {
    const startedAt = performance.now();
    await read(Math.ceil(Math.abs(index)));
    if (index >= 0) latencies.push(performance.now() - startedAt);
  }
  return quantiles(latencies);
};

try {
  say('the sample week …');
  const sample = await readSample(bed);
  const opened = sample.filter(({ type }) => type === 'TicketOpened').length;
  const weeks = Math.ceil(options.tickets / opened);
  const events = weeks * sample.length;
  const log = await openProduct(bed, 'log');
  say(`${weeks * opened} tickets of its mix, ${events} events …`);
  await fillLog(log.store, sample, weeks);
  await log.pool.query('VACUUM ANALYZE event_store.events');
  const engine = await startEngine(figureTypes, log);
  for (const type of figureTypes) {
    say(`${new type().name} …`);
    await engine.waitForPosition(type, BigInt(events), 3_600_000);
  }
  // If an earlier run had other versions of the read models, they are being rebuilt.
  while ((await engine.generations.current()).some(({ state }) => state === 'building')) await sleep(200);
  await engine.stop();
  say('a table of tickets …');
  await makeTickets(log.pool);
  await log.pool.query('VACUUM ANALYZE');
  await bed.checkpoint();
  const turns = makeTurns(weeks, events);
  const reads = makeReads(log, turns, events);
  const crud = makeCrudReads(log.pool, turns);
  /** @type {Record<string, MeasuredRead>} */
  const measured = {};
  say('reading …');
  for (const [name, read] of Object.entries(reads)) {
    const plain = crud[name];
    const beside = plain && (await measure(options.reads / 10, plain));
    measured[name] = { ...(await measure(options.reads, read)), ...(beside ? { beside } : {}) };
  }
  const result = { tickets: weeks * opened, events, reads: measured };
  process.stdout.write(`${render(result)}\n`);
  await writeReport('figures', { ...beginReport(options), ...result });
} finally {
  await bed.close();
}
