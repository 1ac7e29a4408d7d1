import { escapeIdentifier, type Pool } from 'pg';
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

export const selectRole = (): Sql => sql`SELECT current_user AS role, current_database() AS database`;

/**
 * Gives a role its rights, as the owner of what they are on; what it had beyond them is taken. Projections make schemas of their own:
 * so it may make schemas in the database.
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
      for (const [schema, rights] of Object.entries(schemas)) {
        await client.query(`GRANT ${rights} ON SCHEMA ${schema} TO ${to}`);
      }
      const { rows } = await client.query<{ name: string }>(statement(selectThere(Object.keys(tables))));
      for (const { name } of rows) {
        await client.query(`REVOKE ALL ON ${name} FROM ${to}; GRANT ${tables[name]} ON ${name} TO ${to}`);
      }
    },
    beginWithIdleTimeout(maxIdleMs),
  );
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
