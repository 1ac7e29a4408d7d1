import type { Pool } from 'pg';
import type { Settings } from '../config/settings.js';
import { asStartRefused } from '../platform/database/suitability/suitability.js';
import { openDatabase } from '../platform/database/database.js';
import { openPool } from '../platform/database/connections/pool.js';
import type { RecordSecurity } from '../platform/observability/security-log.js';
import { DataKeys } from './data-keys.js';
import { checkMasterKey } from './master-keys/check-master-key.js';
import { openMasterKey, type MasterKeySettings } from './master-keys/open-master-key.js';
import type { MasterKey } from './master-keys/master-key.js';
import { keysMigrations, keysRights } from './storage/keys.migration.js';
import { KeyTable } from './storage/key-table.js';

export type KeysSettings = MasterKeySettings & Pick<Settings, 'eventStoreUrl'>;

export interface OpenKeys {
  keys: DataKeys;
  table: KeyTable;
  masterKey: MasterKey;
  close: () => Promise<void>;
}

export interface KeysContext {
  /** The database of the read models, where they are unless they have one of their own. */
  main?: Pool;
  /** Told of a master key that is made, or that wraps what comes from now on. */
  record: RecordSecurity;
}

/**
 * The keys, checked against the master key. Their own database is brought up to date here, the main one by whoever opened it. Throws
 * StartRefused.
 */
export const openKeys = async (settings: KeysSettings, { main, record }: KeysContext): Promise<OpenKeys> => {
  const { databaseUrl } = settings.keys;
  const database =
    databaseUrl === undefined ? given(main) : await ownDatabase(databaseUrl, settings.keys.migrationsUrl);
  try {
    const table = new KeyTable(database.pool);
    const isUsed = (await table.masterKeysInUse()).length > 0;
    const masterKey = await openMasterKey(settings, { isUsed, record });
    await checkMasterKey(table, masterKey, record);
    return opened(database, table, masterKey);
  } catch (error) {
    await database.close();
    throw asStartRefused(error, databaseUrl === undefined ? 'DATABASE_URL' : 'KEYS_DATABASE_URL');
  }
};

/** The same for a thread of a process that has done so: nothing is made or checked again. */
export const openKeysAgain = async (
  settings: KeysSettings,
  { main, record }: KeysContext,
): Promise<OpenKeys> => {
  const { databaseUrl } = settings.keys;
  const masterKey = await openMasterKey(settings, { isUsed: true, record });
  const database = databaseUrl === undefined ? given(main) : beside(databaseUrl);
  return opened(database, new KeyTable(database.pool), masterKey);
};

/** Those in a database of their own where it has any; makes nothing there. */
export const openKeysIfUsed = async (
  settings: KeysSettings,
  context: KeysContext,
): Promise<OpenKeys | undefined> => {
  const { pool, close } = beside(settings.keys.databaseUrl ?? '');
  try {
    const { rows } = await pool.query<{ there: boolean }>(
      `SELECT to_regclass('keys.ticket_keys') IS NOT NULL AS there`,
    );
    return rows[0]?.there ? await openKeys(settings, context) : undefined;
  } finally {
    await close();
  }
};

interface KeysDatabase {
  pool: Pool;
  close: () => Promise<unknown>;
}

/** What is somebody else's stays open. */
const given = (pool: Pool | undefined): KeysDatabase => {
  if (!pool) throw new Error('keys without a database of their own are in the main one');
  return { pool, close: () => Promise.resolve() };
};

const beside = (url: string): KeysDatabase => {
  const pool = openPool(url);
  return { pool, close: () => pool.end() };
};

const ownDatabase = async (url: string, ownerUrl: string | undefined): Promise<KeysDatabase> => {
  const setting = 'KEYS_MIGRATIONS_DATABASE_URL';
  const owner = ownerUrl === undefined ? undefined : { url: ownerUrl, setting, rights: keysRights };
  const pool = await openDatabase({ url, migrations: keysMigrations, owner }, 'KEYS_DATABASE_URL');
  return { pool, close: () => pool.end() };
};

const opened = ({ pool, close }: KeysDatabase, table: KeyTable, masterKey: MasterKey): OpenKeys => {
  const keys = new DataKeys(pool, table, masterKey);
  const closeAll = async () => {
    await keys.close();
    await close();
  };
  return { keys, table, masterKey, close: closeAll };
};
