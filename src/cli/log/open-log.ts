import { resolve } from 'node:path';
import type { Pool } from 'pg';
import { ownerOf } from '../../boot/application-rights.js';
import { startEmbeddedDatabase, startEmbeddedDatabaseAsItIs } from '../../boot/embedded-database.js';
import { BadDatabaseUrl } from '../../config/database-url.js';
import { isKurrentUrl } from '../../config/kurrent-url.js';
import { readSettings } from '../../config/settings.js';
import { StartRefused } from '../../config/start-refused.js';
import { connectPool } from '../../platform/database/connections/connect-pool.js';
import { openDatabase, type DatabaseOwner } from '../../platform/database/database.js';
import { findCluster } from '../../platform/database/embedded/cluster.js';
import type { EventStore } from '../../platform/event-store/event-store.js';
import { openKurrentDb } from '../../platform/event-store/open-kurrentdb.js';
import { eventStoreMigrations } from '../../platform/event-store/postgres/migrations.js';
import { noDataIn } from '../no-data.js';
import { PostgresEventStore } from '../../platform/event-store/postgres/postgres-event-store.js';

/**
 * What is to be done with a log: one that is read from must be there and is left as it is, one that is written to is made, by the owner
 * where the database has one. Events are read and written by the application's role.
 */
export type Use = 'read' | 'write';

export interface OpenLog {
  store: EventStore;
  /** Of the database it is in, where that is a PostgreSQL. */
  url?: string;
  /** Owns what is in that database, where it's another role than that of the URL. */
  ownerUrl?: string | undefined;
  /** Of the database of the server with the same settings, where that is opened too. */
  pool?: Pool;
  close: () => Promise<void>;
}

/** The log at a URL, whatever its engine. `setting` is where the URL was given, as refusals name it. */
export const openLogAt = (
  url: string,
  setting: string,
  use: Use,
  owner?: DatabaseOwner,
): Promise<OpenLog> => {
  if (isKurrentUrl(url)) return openKurrent(url, setting, use);
  if (/^postgres(?:ql)?:/.test(url)) return openPostgres({ url, owner }, setting, use);
  throw new StartRefused(`${setting}: expected a URL that begins with postgres:// or kurrentdb://`);
};

/** The log that the server uses with the same settings. */
export const openOwnLog = (use: Use): Promise<OpenLog> => {
  const settings = readSettings(process.env);
  const { eventStoreUrl, databaseUrl, dataDir } = settings;
  if (eventStoreUrl !== undefined) return openLogAt(eventStoreUrl, 'EVENT_STORE_URL', use);
  if (databaseUrl !== undefined) return openLogAt(databaseUrl, 'DATABASE_URL', use, ownerOf(settings));
  return openEmbedded(resolve(dataDir), use);
};

const openKurrent = async (url: string, setting: string, use: Use): Promise<OpenLog> => {
  const store = await openKurrentDb(url, { setting, mustExist: use === 'read' });
  return { store, close: () => store.close() };
};

interface Place {
  url: string;
  owner: DatabaseOwner | undefined;
}

const openPostgres = async (place: Place, setting: string, use: Use): Promise<OpenLog> => {
  const { url, owner } = place;
  const pool = await connect(place, setting, use);
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
  return { store, url, ownerUrl: owner?.url, close: () => store.close().finally(() => pool.end()) };
};

const connect = async ({ url, owner }: Place, setting: string, use: Use): Promise<Pool> => {
  try {
    if (use === 'read') return await connectPool(url, setting);
    return await openDatabase({ url, migrations: eventStoreMigrations, owner }, setting);
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
  const start = use === 'read' ? startEmbeddedDatabaseAsItIs : startEmbeddedDatabase;
  const settings = { ...readSettings(process.env), dataDir, freshData: false };
  const database = await start(settings, (line) => process.stderr.write(`${line}\n`));
  try {
    const log = await openPostgres(database, `DATA_DIR ${dataDir}`, use);
    return { ...log, close: () => log.close().finally(() => database.stop()) };
  } catch (error) {
    await database.stop();
    throw error;
  }
};
