import { parentPort, workerData } from 'node:worker_threads';
import { openPool } from '../platform/database/connections/pool.js';
import { createLogger } from '../platform/observability/logger.js';
import { SecurityLog } from '../platform/observability/security-log.js';
import { Projections } from '../platform/projections/projections.js';
import { openEventLogAgain } from './event-log.js';
import type { AdvancedMessage, ThreadData } from './projections-thread.js';
import { projections as projectionTypes } from './registry.js';

// The thread that projections-thread.ts starts. The tables exist already: the server that starts the thread has made them.
if (!parentPort) throw new Error('this file is run as a thread');
const port = parentPort;
const stopped = new Promise((resolve) => port.once('message', resolve));

const { url, log, logger: loggerSettings } = workerData as ThreadData;
const logger = createLogger(loggerSettings);
const pool = openPool(url);
const { store, close } = await openEventLogAgain(log, { pool, security: new SecurityLog(logger) });
const projections = new Projections(projectionTypes, {
  ...{ store, pool, logger, lead: true },
  advanced: (name, position) => port.postMessage({ name, position } satisfies AdvancedMessage),
});
projections.start();

await stopped;
await projections.stop();
await close();
await pool.end();
