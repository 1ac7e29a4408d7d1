import { escapeIdentifier, type Pool, type PoolClient } from 'pg';
import { generationSchema, viewsOverGenerations } from '../projections/rebuild/generation-statements.js';
import { migrationLock } from './migration-lock.js';
import { sql, statement, type Sql } from './sql.js';
import { beginWithIdleTimeout, inTransaction } from './transaction.js';

/** What the application's role may do with what the migrations have made, where another role owns that. Nothing else. */
export interface ApplicationRights {
  /** Schemas, and whether it makes tables or views of its own there. */
  schemas: Readonly<Record<string, 'USAGE' | 'USAGE, CREATE'>>;
  /** Rights by table or view: of a new table it has none until it is named here. */
  tables: Readonly<Record<string, string>>;
}

/** Longer than others may take who start at the same time. */
const maxIdleMs = 30_000;

export const lockGrants = (): Sql => sql`SELECT pg_advisory_xact_lock(${migrationLock}::bigint)`;

export const selectThere = (tables: readonly string[]): Sql =>
  sql`SELECT name FROM unnest(${tables}::text[]) AS name WHERE to_regclass(name) IS NOT NULL`;

export const selectSchemasThere = (schemas: readonly string[]): Sql =>
  sql`SELECT name FROM unnest(${schemas}::text[]) AS name WHERE to_regnamespace(name) IS NOT NULL`;

export const selectRole = (): Sql => sql`SELECT current_user AS role, current_database() AS database`;

/**
 * What projections made under another role than the application's, as statements that make that role the owner; each schema before
 * what is in it. None where the owner may not do so. Projections replace their tables and views, which only their owner may.
 */
export const selectHandOver = (role: string, schemas: readonly string[]): Sql => sql`
  WITH made AS (
    SELECT namespace.oid, namespace.nspname, namespace.nspowner
      FROM pg_namespace AS namespace JOIN projections.generations ON namespace.nspname = ${generationSchema}),
  shown AS (
    SELECT DISTINCT shown.oid, shown.relnamespace FROM ${viewsOverGenerations} WHERE shown.relkind = 'v'),
  foreign_things AS (
    SELECT 1 AS turn, format('SCHEMA %I', nspname) AS thing FROM pg_namespace
     WHERE (oid IN (SELECT oid FROM made) OR oid IN (SELECT relnamespace FROM shown) AND nspname <> ALL (${schemas}::text[]))
       AND nspowner <> to_regrole(quote_ident(${role}))
    UNION ALL
    SELECT 2, format('TABLE %I.%I', nspname, relname)
      FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
     WHERE (relnamespace IN (SELECT oid FROM made) AND relkind IN ('r', 'v') OR pg_class.oid IN (SELECT oid FROM shown))
       AND relowner <> to_regrole(quote_ident(${role})))
  SELECT format('ALTER %s OWNER TO %I', thing, ${role}::text) AS statement FROM foreign_things
   WHERE pg_has_role(${role}::name, 'MEMBER')
   ORDER BY turn, thing`;

/**
 * Gives a role its rights, as the owner of what they are on; what it had beyond them is taken. Projections make schemas of their own:
 * so it may make schemas in the database. What they made while the owner was the application too is handed over. All of it or nothing.
 */
export const grantRights = async (
  owner: Pool,
  { role, database }: { role: string; database: string },
  { schemas, tables }: ApplicationRights,
): Promise<void> => {
  const to = escapeIdentifier(role);
  await inTransaction(
    owner,
    async (client) => {
      // Two that grant at the same time would fail on the same row of PostgreSQL's catalogue.
      await client.query(statement(lockGrants()));
      await client.query(`GRANT CONNECT, CREATE ON DATABASE ${escapeIdentifier(database)} TO ${to}`);
      for (const { name } of await there(client, selectSchemasThere(Object.keys(schemas)))) {
        await client.query(`GRANT ${schemas[name]} ON SCHEMA ${name} TO ${to}`);
      }
      const granted: ApplicationRights['tables'] = { ...tables, migrations: 'SELECT' };
      for (const { name } of await there(client, selectThere(Object.keys(granted)))) {
        await client.query(`REVOKE ALL ON ${name} FROM ${to}; GRANT ${granted[name]} ON ${name} TO ${to}`);
      }
      const [projected] = await there(client, selectThere(['projections.generations']));
      if (projected) await handOver(client, role, Object.keys(schemas));
    },
    beginWithIdleTimeout(maxIdleMs),
  );
};

const there = async (client: PoolClient, names: Sql): Promise<{ name: string }[]> =>
  (await client.query<{ name: string }>(statement(names))).rows;

const handOver = async (client: PoolClient, role: string, schemas: readonly string[]): Promise<void> => {
  const { rows } = await client.query<{ statement: string }>(statement(selectHandOver(role, schemas)));
  for (const { statement: alteration } of rows) await client.query(alteration);
};

/** A table that the role could change behind the application's back: it owns it, or may do anything. */
export const selectOwned = (table: string): Sql => sql`
  SELECT current_user AS role FROM pg_class
   WHERE oid = to_regclass(${table}) AND pg_has_role(relowner, 'USAGE')`;

/** The role under which the log could be changed, if it is that of the application: then only its hashes show what was. */
export const roleThatOwns = async (pool: Pool, table: string): Promise<string | undefined> => {
  const { rows } = await pool.query<{ role: string }>(statement(selectOwned(table)));
  return rows[0]?.role;
};
