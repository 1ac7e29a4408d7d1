import type { Pool } from 'pg';
import type { MigrationInterface } from 'typeorm';
import { migrationSource } from './data-source.js';
import { migrate } from './migrate.js';

export interface MigratedDatabase {
  url: string;
  migrations: (new () => MigrationInterface)[];
}

/** Runs what has not been run yet of the migrations. `pool` leads to the same database. Throws StartRefused, which names the setting. */
export const bringUpToDate = async (
  { url, migrations }: MigratedDatabase,
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
