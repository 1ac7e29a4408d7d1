import type { Pool, PoolClient } from 'pg';
import { inTransaction } from '../../database/transaction.js';
import type { Projection, ProjectionTable } from '../projection.js';

export interface GenerationKey {
  name: string;
  generation: number;
}

/** The schema that holds a generation's tables. */
export const schemaOf = ({ name, generation }: GenerationKey): string =>
  `projection_${name.replaceAll('-', '_')}_${generation}`;

/** Makes a generation's tables without the indexes that only readers need: rows are then written several times as fast. */
export const makeTables = async (
  client: PoolClient,
  schema: string,
  tables: readonly ProjectionTable[],
): Promise<void> => {
  await client.query(`CREATE SCHEMA ${schema}`);
  for (const { name, columns, primaryKey, unsampled = [] } of tables) {
    const definitions = Object.entries(columns).map(([column, type]) => `${column} ${type}`);
    await client.query(
      `CREATE TABLE ${schema}.${name} (${definitions.join(', ')}, PRIMARY KEY (${primaryKey.join(', ')}))`,
    );
    const alterations = unsampled.map((column) => `ALTER COLUMN ${column} SET STATISTICS 0`);
    if (alterations.length > 0) await client.query(`ALTER TABLE ${schema}.${name} ${alterations.join(', ')}`);
  }
};

/** Makes those indexes that readers need and that do not exist yet. */
export const makeIndexes = async (
  client: Pool | PoolClient,
  schema: string,
  tables: readonly ProjectionTable[],
): Promise<void> => {
  for (const { name, indexes = [] } of tables) {
    for (const [index, definition] of indexes.entries()) {
      await client.query(
        `CREATE INDEX IF NOT EXISTS ${name}_${index + 1} ON ${schema}.${name} ${definition}`,
      );
    }
  }
};

export const dropTables = async (client: PoolClient, key: GenerationKey): Promise<void> => {
  await client.query(`DROP SCHEMA IF EXISTS ${schemaOf(key)} CASCADE`);
};

const schemaInUse = ['55P03', '40P01'];

/** Drops a generation's tables; if someone still reads them after 250 ms, they stay and are dropped at the next rebuild. */
export const dropTablesUnlessRead = async (pool: Pool, key: GenerationKey): Promise<void> => {
  try {
    await inTransaction(pool, async (client) => {
      await client.query(`SET LOCAL lock_timeout = '250ms'`);
      await dropTables(client, key);
    });
  } catch (error) {
    if (!schemaInUse.includes((error as { code?: string }).code ?? '')) throw error;
  }
};

/**
 * Points the projection's views at this generation's tables. Until the transaction ends nobody can read the views. A statement that
 * reads the views and `projections.served` finds both of the same generation, since it takes its snapshot after its locks.
 */
export const showTables = async (
  client: PoolClient,
  { schema, tables }: Pick<Projection, 'schema' | 'tables'>,
  key: GenerationKey,
): Promise<void> => {
  await client.query(`CREATE SCHEMA IF NOT EXISTS ${schema}`);
  for (const { name } of tables) {
    await showTable(client, `${schema}.${name}`, `${schemaOf(key)}.${name}`);
  }
};

const invalidTableDefinition = '42P16';

/** Points a view at a table. The view is replaced if its columns allow it: others' rights on the view, and their views on it, stay. */
const showTable = async (client: PoolClient, view: string, table: string): Promise<void> => {
  const definition = `${view} AS SELECT * FROM ${table}`;
  await client.query('SAVEPOINT view');
  try {
    await client.query(`CREATE OR REPLACE VIEW ${definition}`);
  } catch (error) {
    if ((error as { code?: string }).code !== invalidTableDefinition) throw error;
    await client.query('ROLLBACK TO SAVEPOINT view');
    await client.query(`DROP VIEW ${view}`);
    await client.query(`CREATE VIEW ${definition}`);
  }
};
