import type { Pool } from 'pg';
import { StartRefused } from '../../config/start-refused.js';
import type { MigratedDatabase } from './bring-up-to-date.js';
import { grantRights, selectRole, type ApplicationRights } from './application-rights.js';
import { connectPool } from './connections/connect-pool.js';
import { statement } from './sql.js';
import { asStartRefused, refuseUnsuitable, refuseWithoutRights } from './suitability/suitability.js';

export interface DatabaseOptions extends MigratedDatabase {
  /** The role that owns what migrations make, and what it grants to that of `url`. Absent: that role owns it itself. */
  owner?: { url: string; setting: string; rights: ApplicationRights } | undefined;
}

/**
 * Connects and brings the schema up to date. Throws StartRefused naming the setting when the database can't be reached or can't hold
 * our data, or when the role lacks a right; and BadDatabaseUrl.
 */
export const openDatabase = async (
  { url, migrations, owner }: DatabaseOptions,
  setting = 'DATABASE_URL',
): Promise<Pool> => {
  const pool = await connectPool(url, setting);
  try {
    if (owner) {
      await bringUpToDateAs(owner, migrations, pool);
      await refuseUnsuitable(pool, setting, { migrates: false });
    } else {
      await refuseUnsuitable(pool, setting);
      await bringUpToDate({ url, migrations }, pool, setting);
    }
    await refuseWithoutRights(pool, setting);
    return pool;
  } catch (error) {
    await pool.end();
    throw asStartRefused(error, setting);
  }
};

/** Migrates as the owner, and grants the application's role what it needs. */
const bringUpToDateAs = async (
  { url, setting, rights }: NonNullable<DatabaseOptions['owner']>,
  migrations: DatabaseOptions['migrations'],
  application: Pool,
): Promise<void> => {
  const pool = await connectPool(url, setting);
  try {
    const [own, other] = [await roleOf(pool), await roleOf(application)];
    if (own.database !== other.database) {
      throw new StartRefused(
        `${setting}: expected the same database, ${other.database}, not ${own.database}`,
      );
    }
    await refuseUnsuitable(pool, setting);
    await bringUpToDate({ url, migrations }, pool, setting);
    if (own.role !== other.role) await grantRights(pool, other, rights);
  } catch (error) {
    throw asStartRefused(error, setting);
  } finally {
    await pool.end();
  }
};

const roleOf = async (pool: Pool): Promise<{ role: string; database: string }> => {
  const { rows } = await pool.query<{ role: string; database: string }>(statement(selectRole()));
  const [found] = rows;
  if (!found) throw new Error('PostgreSQL did not say which role this is');
  return found;
};

const bringUpToDate = async (options: DatabaseOptions, pool: Pool, setting: string): Promise<void> =>
  (await migrations()).bringUpToDate(options, pool, setting);

type Migrations = typeof import('./bring-up-to-date.js');
let loading: Promise<Migrations> | undefined;

/** Loads TypeORM, which takes a while, only once there is a database to bring up to date: most commands look at one that is. */
const migrations = (): Promise<Migrations> => (loading ??= import('./bring-up-to-date.js'));
