import type { Pool } from 'pg';
import { DataSource, type DataSourceOptions, type MigrationInterface, type MixedList } from 'typeorm';
import { StartRefused } from '../../config/start-refused.js';
import { messageOf } from '../../shared/message-of.js';
import { migrate } from './migrate.js';
import { outliveLostConnections, poolOptions } from './pool.js';

/** The oldest PostgreSQL the migrations are made for. */
const oldestVersion = 15;

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
    throw new StartRefused(`${setting}: no connection to PostgreSQL: ${messageOf(error)}`);
  }
};

/** Connects and brings the schema up to date. Throws StartRefused naming the setting where it can't be reached or is too old. */
export const openDatabase = async (
  options: DataSourceOptions,
  setting = 'DATABASE_URL',
): Promise<DataSource> => {
  const database = await connectDatabase(options, setting);
  try {
    const [{ version }] = await database.query<[{ version: number }]>(
      `SELECT current_setting('server_version_num')::int / 10000 AS version`,
    );
    if (version < oldestVersion) {
      throw new StartRefused(
        `${setting}: PostgreSQL ${version} is too old; expected ${oldestVersion} or newer`,
      );
    }
    await migrate(database, poolOf(database), setting);
    return database;
  } catch (error) {
    await database.destroy();
    throw error;
  }
};

/** The `pg` pool beneath TypeORM, for statements where its own layer costs too much. */
export const poolOf = (database: DataSource): Pool => (database.driver as unknown as { master: Pool }).master;
