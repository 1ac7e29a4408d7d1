import type { Pool } from 'pg';
import type { MigrationInterface } from 'typeorm';
import { connectPool } from './connections/connect-pool.js';
import { migrationSource } from './data-source.js';
import { migrate } from './migrate.js';
import { asStartRefused, refuseUnsuitable, refuseWithoutRights } from './suitability/suitability.js';

export interface DatabaseOptions {
  url: string;
  migrations: (new () => MigrationInterface)[];
}

/**
 * Connects and brings the schema up to date. Throws StartRefused naming the setting when the database can't be reached or can't hold
 * our data, or when the role lacks a right; and BadDatabaseUrl.
 */
export const openDatabase = async (
  { url, migrations }: DatabaseOptions,
  setting = 'DATABASE_URL',
): Promise<Pool> => {
  const pool = await connectPool(url, setting);
  try {
    await refuseUnsuitable(pool, setting);
    await bringUpToDate({ url, migrations }, pool, setting);
    await refuseWithoutRights(pool, setting);
    return pool;
  } catch (error) {
    await pool.end();
    throw asStartRefused(error, setting);
  }
};

const bringUpToDate = async (
  { url, migrations }: DatabaseOptions,
  pool: Pool,
  setting: string,
): Promise<void> => {
  const database = await migrationSource(url, migrations).initialize();
  try {
    await migrate({ database, pool, setting });
  } finally {
    await database.destroy();
  }
};
