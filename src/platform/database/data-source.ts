import pg from 'pg';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { LastingPool, poolOptions } from './connections/pool.js';
import { readDeadlineMs } from './read-deadline.js';

/** Connections of repositories, beside the pool's: what they read is small and asked for by hand. */
const maxConnections = 4;
/** Migrations run one after the other. */
const maxMigrating = 1;

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
    // TypeORM makes its pool of the driver that it is given: one that outlives its connections, as ours.
    driver: { ...pg, Pool: LastingPool },
    // Its own reading of a URL knows of one host only.
    extra: { ...poolOptions(url), ...extra },
    poolErrorHandler: () => undefined,
  });

/** Where entities are read and written by their repositories. No statement waits for an answer for ever. */
export const entitySource = (url: string, entities: Entities): DataSource =>
  sourceOf(url, { max: maxConnections, query_timeout: readDeadlineMs }, { entities });

/** Where migrations run, which may take long. */
export const migrationSource = (url: string, migrations: Migrations): DataSource =>
  sourceOf(url, { max: maxMigrating }, { migrations });
