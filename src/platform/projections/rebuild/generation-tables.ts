import type { Pool, PoolClient } from 'pg';
import { sql, statement, type Sql } from '../../database/sql.js';
import { inTransaction } from '../../database/transaction.js';
import type { Projection, ProjectionTable } from '../projection.js';

export interface GenerationKey {
  name: string;
  generation: number;
}

/** A generation, and the schema that holds its tables. */
export interface GenerationTables extends GenerationKey {
  schema: string;
}

/** Whether rows of these tables hold what people wrote. */
const holdTexts = (tables: readonly ProjectionTable[]): boolean =>
  tables.some(({ texts = [] }) => texts.length > 0);

/** What the schemas of generations that hold texts are called, without a generation's number; null for other projections. */
export const volatilePrefix = ({
  name,
  schema,
  tables,
}: Pick<Projection, 'name' | 'schema' | 'tables'>): string | null =>
  holdTexts(tables) ? `${schema}_${name.replaceAll('-', '_')}_` : null;

/**
 * Makes a generation's tables without the indexes that only readers need: rows are then written several times as fast. Those that
 * hold texts are not in the write-ahead log, and are of nobody else.
 */
export const makeTables = async (
  client: PoolClient,
  schema: string,
  tables: readonly ProjectionTable[],
): Promise<void> => {
  const isVolatile = holdTexts(tables);
  await client.query(`CREATE SCHEMA ${schema}`);
  for (const { name, columns, primaryKey, unsampled = [] } of tables) {
    const definitions = Object.entries(columns).map(([column, type]) => `${column} ${type}`);
    await client.query(
      `CREATE ${isVolatile ? 'UNLOGGED' : ''} TABLE ${schema}.${name} (${definitions.join(', ')}, PRIMARY KEY (${primaryKey.join(', ')}))`,
    );
    const alterations = unsampled.map((column) => `ALTER COLUMN ${column} SET STATISTICS 0`);
    if (alterations.length > 0) await client.query(`ALTER TABLE ${schema}.${name} ${alterations.join(', ')}`);
  }
  if (!isVolatile) return;
  await client.query(`
    REVOKE ALL ON SCHEMA ${schema} FROM PUBLIC;
    CREATE UNLOGGED TABLE ${schema}.rows_made (made boolean PRIMARY KEY DEFAULT true CHECK (made));
    INSERT INTO ${schema}.rows_made DEFAULT VALUES;
  `);
};

/** Has PostgreSQL look at the rows: by what it then knows of them it chooses among indexes. */
export const analyzeTables = async (
  pool: Pool,
  schema: string,
  tables: readonly ProjectionTable[],
): Promise<void> => {
  for (const { name } of tables) await pool.query(`ANALYZE ${schema}.${name}`);
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

export const dropTables = async (
  client: PoolClient,
  { schema }: Pick<GenerationTables, 'schema'>,
): Promise<void> => {
  await client.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
};

const schemaInUse = ['55P03', '40P01'];

/** Drops a generation's tables; if someone still reads them after 250 ms, they stay and are dropped at the next rebuild. */
export const dropTablesUnlessRead = async (
  pool: Pool,
  ended: Pick<GenerationTables, 'schema'>,
): Promise<void> => {
  try {
    await inTransaction(pool, async (client) => {
      await client.query(`SET LOCAL lock_timeout = '250ms'`);
      await dropTables(client, ended);
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
  shown: Pick<GenerationTables, 'schema'>,
): Promise<void> => {
  await client.query(`CREATE SCHEMA IF NOT EXISTS ${schema}`);
  if (holdTexts(tables)) await client.query(`REVOKE ALL ON SCHEMA ${schema} FROM PUBLIC`);
  for (const { name } of tables) {
    await showTable(client, `${schema}.${name}`, `${shown.schema}.${name}`);
  }
};

/**
 * Makes those views that are missing, of the tables that a generation has: one of an older version may have fewer. Views of tables
 * that lack columns get them, without values.
 */
export const showMissing = async (
  client: PoolClient,
  { schema, tables }: Pick<Projection, 'schema' | 'tables'>,
  shown: Pick<GenerationTables, 'schema'>,
): Promise<void> => {
  const names = tables.map(({ name }) => name);
  const { rows } = await client.query<{ name: string }>(
    statement(selectNotShown(names, schema, shown.schema)),
  );
  const missing = tables.filter(({ name }) => rows.some((row) => row.name === name));
  if (missing.length > 0) await showTables(client, { schema, tables: missing }, shown);
  for (const table of tables) await addColumns(client, table, { view: schema, table: shown.schema });
};

const addColumns = async (
  client: PoolClient,
  { name, columns, addedColumns = [] }: ProjectionTable,
  schemas: { view: string; table: string },
): Promise<void> => {
  if (addedColumns.length === 0) return;
  const view = `${schemas.view}.${name}`;
  const { rows } = await client.query<{ name: string }>(statement(selectLackingColumns(addedColumns, view)));
  if (rows.length === 0) return;
  const added = rows.map((column) => `NULL::${columns[column.name]} AS ${column.name}`);
  await client.query(
    `CREATE OR REPLACE VIEW ${view} AS SELECT made.*, ${added.join(', ')} FROM ${schemas.table}.${name} AS made`,
  );
};

export const selectLackingColumns = (columns: readonly string[], view: string): Sql => sql`
  SELECT name FROM unnest(${columns}::text[]) AS name
   WHERE to_regclass(${view}) IS NOT NULL
     AND NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = to_regclass(${view}) AND attname = name AND NOT attisdropped)`;

export const selectNotShown = (names: readonly string[], schema: string, tables: string): Sql => sql`
  SELECT name FROM unnest(${names}::text[]) AS name
   WHERE to_regclass(${schema} || '.' || name) IS NULL AND to_regclass(${tables} || '.' || name) IS NOT NULL`;

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
