import { resolve } from 'node:path';
import type { Pool } from 'pg';
import { readSettings, type Settings } from '../../config/settings.js';
import { startEmbeddedDatabaseAsItIs } from '../../boot/embedded-database.js';
import { confidential } from '../../boot/event-log.js';
import { StartRefused } from '../../config/start-refused.js';
import { openKeys, type OpenKeys } from '../../keys/core.js';
import { connectPool } from '../../platform/database/connections/connect-pool.js';
import { findCluster } from '../../platform/database/embedded/cluster.js';
import { runningEmbeddedPostgres } from '../../platform/database/embedded/embedded-postgres.js';
import type { EventStore } from '../../platform/event-store/event-store.js';
import { PostgresEventStore } from '../../platform/event-store/postgres/postgres-event-store.js';
import { claimReadModels } from '../../platform/projections/log-identity/claim-read-models.js';
import { openLogAt } from '../log/open-log.js';
import { noDataIn } from '../no-data.js';
import { recordedAsAccount } from './recorded-as-account.js';

/** What the server keeps, as it stands there: no text can be read. */
export interface RawDatabase {
  pool: Pool;
  log: EventStore;
  close: () => Promise<void>;
}

export interface OwnDatabase extends Omit<RawDatabase, 'log'> {
  /** Its texts can be read. */
  store: EventStore;
  keys: OpenKeys;
}

type Close = () => Promise<unknown>;

/** Opens the database and the log of the server with the same settings, which may be running. Throws StartRefused where there is none. */
export const openOwnDatabase = async (): Promise<OwnDatabase> => {
  const settings = readSettings(process.env);
  const { pool, log, close } = await openRawDatabase(settings);
  try {
    const { rows } = await pool.query<{ keys: boolean }>(
      `SELECT to_regclass('keys.ticket_keys') IS NOT NULL AS keys`,
    );
    if (!rows[0]?.keys && settings.keys.databaseUrl === undefined) throw unused(settings);
    const keys = await openKeys(settings, { main: pool, record: recordedAsAccount() });
    const closeAll = () => keys.close().finally(close);
    try {
      await claimReadModels(pool, log);
    } catch (error) {
      await keys.close();
      throw error;
    }
    return { pool, store: confidential(log, keys), keys, close: closeAll };
  } catch (error) {
    await close();
    throw error;
  }
};

/**
 * The same without its keys, for whoever looks at no text: needs no master key, and changes nothing. Everything is done by the
 * application's role: none of these commands needs more than a server.
 */
export const openRawDatabase = async (settings: Settings): Promise<RawDatabase> => {
  const { databaseUrl, eventStoreUrl } = settings;
  const opened: Close[] = [];
  const close = async () => {
    for (const closeOne of opened.splice(0).reverse()) await closeOne();
  };
  try {
    const url = databaseUrl ?? (await embedded(settings, opened));
    const pool = await connectPool(url, settingOf(settings));
    opened.push(() => pool.end());
    const { rows } = await pool.query<{ there: boolean }>(
      `SELECT to_regclass('audit.accesses') IS NOT NULL AS there`,
    );
    if (rows[0]?.there !== true) throw unused(settings);
    return { pool, log: await logOf(eventStoreUrl, pool, opened), close };
  } catch (error) {
    await close();
    throw error;
  }
};

const settingOf = ({ databaseUrl, dataDir }: Settings): string =>
  databaseUrl === undefined ? `DATA_DIR ${dataDir}` : 'DATABASE_URL';

const unused = (settings: Settings): StartRefused =>
  new StartRefused(`${settingOf(settings)}: no server of this version has used this database yet`);

const logOf = async (url: string | undefined, pool: Pool, opened: Close[]): Promise<EventStore> => {
  if (url !== undefined) {
    const { store, close } = await openLogAt(url, 'EVENT_STORE_URL', 'read');
    opened.push(close);
    return store;
  }
  const store = new PostgresEventStore(pool);
  opened.push(() => store.close());
  return store;
};

const embedded = async (settings: Settings, opened: Close[]): Promise<string> => {
  const dataDir = resolve(settings.dataDir);
  const running = await runningEmbeddedPostgres(dataDir);
  if (running !== undefined) return running;
  if (!(await findCluster(dataDir))) {
    throw await noDataIn(dataDir, 'the figures are');
  }
  const database = await startEmbeddedDatabaseAsItIs({ ...settings, freshData: false }, (line) =>
    process.stderr.write(`${line}\n`),
  );
  opened.push(() => database.stop());
  return database.url;
};
