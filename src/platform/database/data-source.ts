import pg from 'pg';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { LastingPool, poolOptions } from './connections/pool.js';
import { readDeadlineMs } from './read-deadline.js';

/** Connections of the repositories, beside the pool's: few, since repositories read small things that people ask for by hand. */
const maxConnections = 4;
/** Migrations run one at a time, on one connection. */
const maxMigrationConnections = 1;

type Migrations = Extract<DataSourceOptions['migrations'], unknown[]>;
type Entities = Extract<DataSourceOptions['entities'], unknown[]>;

const sourceOf = (
  url: string,
  extra: pg.PoolConfig,
  options: Pick<DataSourceOptions, 'entities' | 'migrations'>,
) =>
  new DataSource({
    type: 'postgres',
    ...options,
    synchronize: false,
    migrationsTransactionMode: 'all',
    // TypeORM makes its pool with the driver's Pool class: this one outlives its connections, as the process's own pool does.
    driver: { ...pg, Pool: LastingPool },
    // TypeORM's own parsing of a URL knows one host only.
    extra: { ...poolOptions(url), ...extra },
    poolErrorHandler: () => undefined,
  });

/** The data source of the entities' repositories. No statement waits for an answer for ever. */
export const entitySource = (url: string, entities: Entities): DataSource =>
  sourceOf(url, { max: maxConnections, query_timeout: readDeadlineMs }, { entities });

/** The data source that runs migrations. Its statements have no deadline, since a migration may take long. */
export const migrationSource = (url: string, migrations: Migrations): DataSource =>
  sourceOf(url, { max: maxMigrationConnections }, { migrations });
