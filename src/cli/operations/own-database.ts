import { resolve } from 'node:path';
import type { Pool } from 'pg';
import { readSettings } from '../../config/settings.js';
import { StartRefused } from '../../config/start-refused.js';
import { connectPool } from '../../platform/database/connections/connect-pool.js';
import { findCluster } from '../../platform/database/embedded/cluster.js';
import {
  runningEmbeddedPostgres,
  startEmbeddedPostgres,
} from '../../platform/database/embedded/embedded-postgres.js';
import type { EventStore } from '../../platform/event-store/event-store.js';
import { PostgresEventStore } from '../../platform/event-store/postgres/postgres-event-store.js';
import { claimReadModels } from '../../platform/projections/log-identity/claim-read-models.js';
import { openLogAt } from '../log/open-log.js';
import { noDataIn } from '../no-data.js';

export interface OwnDatabase {
  pool: Pool;
  store: EventStore;
  close: () => Promise<void>;
}

type Close = () => Promise<unknown>;

/** Opens the database and the log of the server with the same settings, which may be running. Throws StartRefused where there is none. */
export const openOwnDatabase = async (): Promise<OwnDatabase> => {
  const { databaseUrl, dataDir, eventStoreUrl } = readSettings(process.env);
  const opened: Close[] = [];
  const close = async () => {
    for (const closeOne of opened.splice(0).reverse()) await closeOne();
  };
  try {
    const url = databaseUrl ?? (await embedded(resolve(dataDir), opened));
    const setting = databaseUrl === undefined ? `DATA_DIR ${dataDir}` : 'DATABASE_URL';
    const pool = await connectPool(url, setting);
    opened.push(() => pool.end());
    const { rows } = await pool.query<{ there: boolean }>(
      `SELECT to_regclass('projections.log_epochs') IS NOT NULL AS there`,
    );
    if (rows[0]?.there !== true)
      throw new StartRefused(`${setting}: no server of this version has used this database yet`);
    const store = await logOf(eventStoreUrl, pool, opened);
    await claimReadModels(pool, store);
    return { pool, store, close };
  } catch (error) {
    await close();
    throw error;
  }
};

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

const embedded = async (dataDir: string, opened: Close[]): Promise<string> => {
  const running = await runningEmbeddedPostgres(dataDir);
  if (running !== undefined) return running;
  if (!(await findCluster(dataDir))) {
    throw await noDataIn(dataDir, 'the figures are');
  }
  const postgres = await startEmbeddedPostgres({
    dataDir,
    log: (line) => process.stderr.write(`${line}\n`),
  });
  opened.push(() => postgres.stop());
  return postgres.url;
};
