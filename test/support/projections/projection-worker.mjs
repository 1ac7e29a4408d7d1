// A process that runs only the projections of a database whose schema is up to date, to be killed by tests:
// node projection-worker.mjs URL, with an IPC channel.
// Sends «ready» when it has begun; SIGTERM stops it properly. WRITE_MS: how many ms each transaction waits before its end.
// TICKET_LIST: it also runs the list of tickets, which has one row per ticket.
import { setTimeout as sleep } from 'node:timers/promises';

const [url] = process.argv.slice(2);
const dist = process.env.DIST
  ? `file://${process.env.DIST}`
  : new URL('../../../dist/bundle', import.meta.url).href;
if (!url) throw new Error('URL is missing');
const lingerMs = Number(process.env.WRITE_MS ?? 0);
/**
 * @typedef {typeof import('../../../src/billets-quotidiens/projections/daily-figures.projection.js')} Figures
 * @typedef {typeof import('../../../src/desk/list/ticket-list.projection.js')} List
 * @typedef {typeof import('../../../src/platform/database/connections/connect-pool.js')} Database
 * @typedef {typeof import('../../../src/platform/event-store/postgres/postgres-event-store.js')} Store
 * @typedef {typeof import('../../../src/platform/observability/logger.js')} Logging
 * @typedef {typeof import('../../../src/platform/projections/projections.js')} Engine
 */

/** @type {[Figures, List, Database]} */
const [{ DailyFigures }, { TicketList }, { connectPool }] = await Promise.all([
  import(`${dist}/billets-quotidiens/projections/daily-figures.projection.js`),
  import(`${dist}/desk/list/ticket-list.projection.js`),
  import(`${dist}/platform/database/connections/connect-pool.js`),
]);
/** @type {[Store, Logging, Engine]} */
const [{ PostgresEventStore }, { createLogger }, { Projections }] = await Promise.all([
  import(`${dist}/platform/event-store/postgres/postgres-event-store.js`),
  import(`${dist}/platform/observability/logger.js`),
  import(`${dist}/platform/projections/projections.js`),
]);

class LingeringFigures extends DailyFigures {
  /**
   * @param {Parameters<InstanceType<Figures['DailyFigures']>['write']>[0]} changes
   * @param {import('pg').PoolClient} transaction
   * @override
   */
  async write(changes, transaction) {
    await super.write(changes, transaction);
    if (lingerMs > 0) await sleep(lingerMs);
  }
}

const pool = await connectPool(url, 'URL');
const store = new PostgresEventStore(pool);
const projections = new Projections(
  process.env.TICKET_LIST ? [LingeringFigures, TicketList] : [LingeringFigures],
  {
    ...{ store, pool, logger: createLogger({ logLevel: 'silent' }), lead: true },
  },
);
await projections.prepare();
projections.start();

const stop = async () => {
  await projections.stop();
  await store.close();
  await pool.end();
  process.exit();
};
process.once('SIGTERM', () => void stop());
// Without its parent process there is nothing to fold for.
process.once('disconnect', () => process.exit());
if (!process.send) throw new Error('there is no IPC channel');
process.send('ready');
