import type { Pool } from 'pg';
import { DataSource, type DataSourceOptions, type MigrationInterface, type MixedList } from 'typeorm';
import { StartRefused } from '../../config/start-refused.js';
import { messageOf } from '../../shared/message-of.js';
import { migrate } from './migrate.js';
import { outliveLostConnections, poolOptions } from './connections/pool.js';
import { asStartRefused, refuseUnsuitable, refuseWithoutRights } from './suitability/suitability.js';

export interface DatabaseOptions {
  url: string;
  migrations: (new () => MigrationInterface)[];
  entities: Extract<MixedList<unknown>, unknown[]>;
}

export const databaseOptions = ({ url, migrations, entities }: DatabaseOptions): DataSourceOptions => ({
  type: 'postgres',
  migrations,
  entities: entities as DataSourceOptions['entities'],
  synchronize: false,
  migrationsTransactionMode: 'all',
  // TypeORM's own reading of a URL knows of one host only.
  extra: poolOptions(url),
  // A connection that breaks while it rests in the pool is replaced; whoever uses one gets the error itself.
  poolErrorHandler: () => undefined,
});

/** Connects, and leaves the schema as it is. `setting` is what a refusal names. */
export const connectDatabase = async (options: DataSourceOptions, setting: string): Promise<DataSource> => {
  try {
    const database = await new DataSource(options).initialize();
    outliveLostConnections(poolOf(database));
    return database;
  } catch (error) {
    const said = messageOf(error);
    const hint = said.includes('startup parameter')
      ? '; a pooler in between has to pass these on, and to do session pooling'
      : '';
    throw new StartRefused(`${setting}: no connection to PostgreSQL: ${said}${hint}`);
  }
};

/**
 * Connects and brings the schema up to date. Throws StartRefused naming the setting where it can't be reached, can't hold what we
 * keep, or where the role may not do what is needed.
 */
export const openDatabase = async (
  options: DataSourceOptions,
  setting = 'DATABASE_URL',
): Promise<DataSource> => {
  const database = await connectDatabase(options, setting);
  try {
    await refuseUnsuitable(poolOf(database), setting);
    await migrate(database, poolOf(database), setting);
    await refuseWithoutRights(poolOf(database), setting);
    return database;
  } catch (error) {
    await database.destroy();
    throw asStartRefused(error, setting);
  }
};

/** The `pg` pool beneath TypeORM, for statements where its own layer costs too much. */
export const poolOf = (database: DataSource): Pool => (database.driver as unknown as { master: Pool }).master;
