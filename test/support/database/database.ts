import { randomUUID } from 'node:crypto';
import pg from 'pg';

export interface TestDatabase {
  url: string;
  query<Row extends pg.QueryResultRow>(sql: string, parameters?: unknown[]): Promise<Row[]>;
  /** Drops the database, also while something is still connected. */
  drop(): Promise<void>;
}

/** Creates an empty database in the PostgreSQL that global-setup.js started for the run. */
export const createDatabase = (): Promise<TestDatabase> => databaseFrom('template1');

/** Creates a copy of the database that global-setup.js migrated for the whole run: an empty log with an identity of its own. */
export const createMigratedDatabase = async (): Promise<TestDatabase> => {
  const database = await databaseFrom('migrated');
  await database.query('UPDATE event_store.head SET identity = gen_random_uuid()');
  return database;
};

const databaseFrom = async (template: string): Promise<TestDatabase> => {
  const { TEST_DATABASE_URL } = process.env;
  if (TEST_DATABASE_URL === undefined) throw new Error('TEST_DATABASE_URL is set by the project «system»');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await queryAt(TEST_DATABASE_URL, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  const url = new URL(TEST_DATABASE_URL);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    query: (sql, parameters) => queryAt(url.href, sql, parameters),
    drop: async () => {
      await queryAt(TEST_DATABASE_URL, `DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
};

/** Runs one statement on a connection of its own. */
export const queryAt = async <Row extends pg.QueryResultRow>(
  url: string,
  sql: string,
  parameters: unknown[] = [],
): Promise<Row[]> => {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Row>(sql, parameters)).rows;
  } finally {
    await client.end();
  }
};
