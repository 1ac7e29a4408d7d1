import { resolve } from 'node:path';
import type { Pool } from 'pg';
import { BadDatabaseUrl } from '../../config/database-url.js';
import { isKurrentUrl } from '../../config/kurrent-url.js';
import { readSettings } from '../../config/settings.js';
import { StartRefused } from '../../config/start-refused.js';
import { connectPool } from '../../platform/database/connections/connect-pool.js';
import { openDatabase } from '../../platform/database/database.js';
import { findCluster } from '../../platform/database/embedded/cluster.js';
import { startEmbeddedPostgres } from '../../platform/database/embedded/embedded-postgres.js';
import type { EventStore } from '../../platform/event-store/event-store.js';
import { openKurrentDb } from '../../platform/event-store/open-kurrentdb.js';
import { eventStoreMigrations } from '../../platform/event-store/postgres/migrations.js';
import { noDataIn } from '../no-data.js';
import { PostgresEventStore } from '../../platform/event-store/postgres/postgres-event-store.js';

/** What is to be done with a log: one that is read from must be there and is left as it is, one that is written to is made. */
export type Use = 'read' | 'write';

export interface OpenLog {
  store: EventStore;
  /** Of the database it is in, where that is a PostgreSQL. */
  url?: string;
  /** Of the database of the server with the same settings, where that is opened too. */
  pool?: Pool;
  close: () => Promise<void>;
}

/** The log at a URL, whatever its engine. `setting` is where the URL was given, as refusals name it. */
export const openLogAt = (url: string, setting: string, use: Use): Promise<OpenLog> => {
  if (isKurrentUrl(url)) return openKurrent(url, setting, use);
  if (/^postgres(?:ql)?:/.test(url)) return openPostgres(url, setting, use);
  throw new StartRefused(`${setting}: expected a URL that begins with postgres:// or kurrentdb://`);
};

/** The log that the server uses with the same settings. */
export const openOwnLog = (use: Use): Promise<OpenLog> => {
  const { eventStoreUrl, databaseUrl, dataDir } = readSettings(process.env);
  if (eventStoreUrl !== undefined) return openLogAt(eventStoreUrl, 'EVENT_STORE_URL', use);
  if (databaseUrl !== undefined) return openLogAt(databaseUrl, 'DATABASE_URL', use);
  return openEmbedded(resolve(dataDir), use);
};

const openKurrent = async (url: string, setting: string, use: Use): Promise<OpenLog> => {
  const store = await openKurrentDb(url, { setting, mustExist: use === 'read' });
  return { store, close: () => store.close() };
};

const openPostgres = async (url: string, setting: string, use: Use): Promise<OpenLog> => {
  const pool = await connect(url, setting, use);
  try {
    const { rows } = await pool.query<{ there: boolean }>(
      `SELECT to_regclass('event_store.events') IS NOT NULL AS there`,
    );
    if (rows[0]?.there !== true) throw new StartRefused(`${setting}: this database holds no log`);
  } catch (error) {
    await pool.end();
    throw error;
  }
  const store = new PostgresEventStore(pool);
  return { store, url, close: () => store.close().finally(() => pool.end()) };
};

const connect = async (url: string, setting: string, use: Use): Promise<Pool> => {
  try {
    if (use === 'read') return await connectPool(url, setting);
    return await openDatabase({ url, migrations: eventStoreMigrations }, setting);
  } catch (error) {
    if (!(error instanceof BadDatabaseUrl)) throw error;
    throw new StartRefused(`${setting}: ${error.message}`);
  }
};

/** The log of the embedded database in a folder. */
export const openEmbedded = async (dataDir: string, use: Use): Promise<OpenLog> => {
  if (use === 'read' && !(await findCluster(dataDir))) {
    throw await noDataIn(dataDir, 'the log is');
  }
  const postgres = await startEmbeddedPostgres({
    dataDir,
    log: (line) => process.stderr.write(`${line}\n`),
  });
  try {
    const { store, close } = await openPostgres(postgres.url, `DATA_DIR ${dataDir}`, use);
    return { store, url: postgres.url, close: () => close().finally(() => postgres.stop()) };
  } catch (error) {
    await postgres.stop();
    throw error;
  }
};
