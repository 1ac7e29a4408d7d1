import type { Pool } from 'pg';
import { StartRefused } from '../../config/start-refused.js';
import type { MigratedDatabase } from './bring-up-to-date.js';
import { grantRights, selectRole, type ApplicationRights } from './application-rights.js';
import { connectPool } from './connections/connect-pool.js';
import { sql, statement, type Sql } from './sql.js';
import { asStartRefused, refuseUnsuitable, refuseWithoutRights } from './suitability/suitability.js';

/** The role that owns what migrations make, and what it grants to the application's. */
export interface DatabaseOwner {
  url: string;
  setting: string;
  rights: ApplicationRights;
}

export interface DatabaseOptions extends MigratedDatabase {
  /** Absent: the role of `url` owns it itself. */
  owner?: DatabaseOwner | undefined;
}

/**
 * Connects and brings the schema up to date, unless the role may not and another one has done so. Throws StartRefused naming the setting
 * when the database can't be reached or can't hold our data, or when the role lacks a right; and BadDatabaseUrl.
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
    } else if (await leavesMigrations(pool)) {
      await refuseUnsuitable(pool, setting, { migrates: false });
      await refuseOutdated(pool, migrations, setting);
    } else {
      await refuseUnsuitable(pool, setting);
      await bringUpToDate({ url, migrations }, pool, setting);
    }
    await refuseWithoutRights(pool, { setting, ownerSetting: owner?.setting });
    return pool;
  } catch (error) {
    await pool.end();
    throw asStartRefused(error, setting);
  }
};

/** Whether the role only reads which migrations ran, as an owner grants it. */
export const selectLeavesMigrations = (): Sql => sql`
  SELECT coalesce(has_table_privilege(to_regclass('migrations'), 'SELECT')
              AND NOT has_table_privilege(to_regclass('migrations'), 'INSERT'), false) AS leaves`;

const leavesMigrations = async (pool: Pool): Promise<boolean> => {
  const { rows } = await pool.query<{ leaves: boolean }>(statement(selectLeavesMigrations()));
  return rows[0]?.leaves === true;
};

/** Of several processes only those that are started first after an upgrade need the owner. */
const refuseOutdated = async (
  pool: Pool,
  migrations: DatabaseOptions['migrations'],
  setting: string,
): Promise<void> => {
  const { rows } = await pool.query<{ name: string }>('SELECT name FROM migrations');
  const ran = new Set(rows.map(({ name }) => name));
  const [missing] = migrations.filter(({ name }) => !ran.has(name));
  if (!missing) return;
  const { role } = await roleOf(pool);
  const owner = setting.replace('DATABASE_URL', 'MIGRATIONS_DATABASE_URL');
  throw new StartRefused(
    `${setting}: the database is of an earlier version, and the role ${role} may not bring it up to date; ` +
      `start one process with its owner in ${owner} first`,
  );
};

/** Migrates as the owner, and grants the application's role what it needs. */
const bringUpToDateAs = async (
  owner: DatabaseOwner,
  migrations: DatabaseOptions['migrations'],
  application: Pool,
): Promise<void> => {
  const { url, setting, rights } = owner;
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

/** Grants the role of `url` what it needs on what is there, and migrates nothing. Throws StartRefused. */
export const grantRightsAs = async (
  { url: ownerUrl, setting, rights }: DatabaseOwner,
  url: string,
): Promise<void> => {
  const [owner, application] = [await connectPool(ownerUrl, setting), await connectPool(url, setting)];
  try {
    await grantRights(owner, await roleOf(application), rights);
  } catch (error) {
    throw asStartRefused(error, setting);
  } finally {
    await Promise.all([owner.end(), application.end()]);
  }
};

const roleOf = async (pool: Pool): Promise<{ role: string; database: string }> => {
  const { rows } = await pool.query<{ role: string; database: string }>(statement(selectRole()));
  const [found] = rows;
  if (!found) throw new Error('PostgreSQL did not say which role this is');
  return found;
};

/** Loads TypeORM, which takes a while, only once there is a database to bring up to date: most commands look at one that is. */
const bringUpToDate = async (options: DatabaseOptions, pool: Pool, setting: string): Promise<void> => {
  const runner = await import('./bring-up-to-date.js');
  await runner.bringUpToDate(options, pool, setting);
};
