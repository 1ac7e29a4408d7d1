import { escapeIdentifier, type Pool } from 'pg';
import { StartRefused } from '../../../config/start-refused.js';
import { messageOf } from '../../../shared/message-of.js';
import { neededExtensions } from './extensions.js';
import { isDenied, isReadOnly, isUnavailable } from '../failures.js';
import { sql, statement, type Sql } from '../sql.js';
import { viewsOverGenerations } from '../../projections/rebuild/generation-statements.js';
import { sessionsAreShared } from './shared-sessions.js';

/** The oldest major version of PostgreSQL that the migrations are made for. */
const minVersion = 15;

interface Found {
  version: number;
  database: string;
  role: string;
  encoding: string;
  locale: string;
  readOnly: boolean;
  mayCreateSchemas: boolean;
  /** null when no schema of the search path exists. */
  schema: string | null;
  mayCreateTables: boolean;
  /** Without rights on the table of migrations, TypeORM doesn't see that table and would make it again. */
  mayMigrate: boolean;
  /** Needed extensions that are in a schema outside the search path, each with that schema. */
  hidden: { name: string; schema: string }[];
}

export const selectSuitability = (): Sql => sql`
  SELECT current_setting('server_version_num')::int / 10000 AS version,
         current_database() AS database,
         current_user AS role,
         current_setting('server_encoding') AS encoding,
         (SELECT datctype FROM pg_database WHERE datname = current_database()) AS locale,
         current_setting('transaction_read_only')::boolean AS "readOnly",
         has_database_privilege(current_database(), 'CREATE') AS "mayCreateSchemas",
         current_schema() AS schema,
         to_regclass('migrations') IS NOT NULL
           OR coalesce(has_schema_privilege(current_schema(), 'CREATE'), false) AS "mayCreateTables",
         to_regclass('migrations') IS NULL
           OR has_table_privilege(to_regclass('migrations'), 'SELECT') AND has_table_privilege(to_regclass('migrations'), 'INSERT')
           AS "mayMigrate",
         coalesce((SELECT json_agg(json_build_object('name', extname, 'schema', nspname) ORDER BY extname)
            FROM pg_extension JOIN pg_namespace ON pg_namespace.oid = extnamespace
           WHERE extname = ANY (${neededExtensions}::text[]) AND nspname <> ALL (current_schemas(true))), '[]') AS hidden`;

/** Letters whose case a search folds. The last is here for Turkish locales, whose lower case of I is another letter. */
const upper = 'ÉÀÇŒÎI';
const lower = 'éàçœîi';

export const selectFolded = (): Sql => sql`SELECT lower(${upper}::text) AS folded`;

/**
 * Refuses a database that can't hold our data, before anything is made in it. Throws StartRefused with one line that names the
 * setting and says what to change.
 */
export const refuseUnsuitable = async (
  pool: Pool,
  setting: string,
  { migrates } = { migrates: true },
): Promise<void> => {
  const refuse = (reason: string) => {
    throw new StartRefused(`${setting}: ${reason}`);
  };
  const { rows } = await pool.query<Found>(statement(selectSuitability()));
  const [found] = rows;
  const reason = (found && reasonAgainst(found, migrates)) ?? (found && (await foldingFault(pool, found)));
  if (reason !== undefined) refuse(reason);
  if (await sessionsAreShared(pool)) {
    refuse(
      'a pooler between here and PostgreSQL hands out another session for each transaction, and prepared statements, LISTEN and ' +
        'locks need one of their own; set it to session pooling (pool_mode = session), or lead the URL to PostgreSQL itself',
    );
  }
};

const reasonAgainst = (found: Found, migrates: boolean): string | undefined => {
  const { version, database, role, encoding, readOnly, mayCreateSchemas, schema, mayCreateTables } = found;
  const [hidden] = found.hidden;
  if (version < minVersion) return `PostgreSQL ${version} is too old; expected ${minVersion} or newer`;
  if (encoding !== 'UTF8') {
    return (
      `the database ${database} is encoded in ${encoding}, which can't hold every text; make another with ` +
      `«CREATE DATABASE … ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE 'fr-CA' TEMPLATE template0» and lead the URL there`
    );
  }
  if (readOnly) return readOnlyReason;
  if (!mayCreateSchemas) {
    return `the role ${role} may not create schemas; let someone who may run «GRANT CREATE ON DATABASE ${escapeIdentifier(database)} TO ${escapeIdentifier(role)}»`;
  }
  if (schema === null) {
    return `no schema of the search path exists; run «CREATE SCHEMA public», or set search_path for the role ${role} to one that does`;
  }
  if (migrates && !mayCreateTables) {
    return `the role ${role} may not create tables in the schema ${schema}; let someone who may run «GRANT CREATE ON SCHEMA ${escapeIdentifier(schema)} TO ${escapeIdentifier(role)}»`;
  }
  if (migrates && !found.mayMigrate) {
    return `the role ${role} lacks SELECT or INSERT on migrations; make it the owner of what is in the database (REASSIGN OWNED)`;
  }
  if (hidden) {
    return (
      `the extension ${hidden.name} is in the schema ${hidden.schema}, where names are not looked for; run ` +
      `«ALTER ROLE ${escapeIdentifier(role)} IN DATABASE ${escapeIdentifier(database)} SET search_path = ${escapeIdentifier(schema)}, ${escapeIdentifier(hidden.schema)}», ` +
      `or «ALTER EXTENSION ${hidden.name} SET SCHEMA ${escapeIdentifier(schema)}»`
    );
  }
  return undefined;
};

const readOnlyReason =
  'PostgreSQL takes no writes: it is a standby, or set read-only; lead the URL to the primary, or end that (default_transaction_read_only)';

/** What is wrong with the locale; to be called once the encoding is known to hold the letters. */
const foldingFault = async (pool: Pool, { database, locale }: Found): Promise<string | undefined> => {
  const { rows } = await pool.query<{ folded: string }>(statement(selectFolded()));
  const folded = rows[0]?.folded ?? '';
  if (folded === lower) return undefined;
  return (
    `the locale of the database ${database} (${locale}) makes «${folded}» of «${upper}» in lower case, so that searches would miss what ` +
    `they look for; make another with «CREATE DATABASE … ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE 'fr-CA' TEMPLATE template0» and lead the URL there`
  );
};

/** An error of PostgreSQL's during the start, as a StartRefused whose one line says what to change; any other error as it is. */
export const asStartRefused = (error: unknown, setting: string): unknown => {
  if (error instanceof StartRefused || !isUnavailable(error)) return error;
  const [firstLine = ''] = messageOf(error).split('\n');
  if (isReadOnly(error)) return new StartRefused(`${setting}: ${readOnlyReason}`, { cause: error });
  const reason = isDenied(error)
    ? `the role lacks a right (${firstLine}); make it the owner of the database and of what is in it (REASSIGN OWNED), or grant it that`
    : `PostgreSQL could not be used: ${firstLine}`;
  return new StartRefused(`${setting}: ${reason}`, { cause: error });
};

const rightsNeeded = {
  'event_store.events': 'SELECT,INSERT',
  'event_store.head': 'SELECT,UPDATE',
  'projections.generations': 'SELECT,INSERT,UPDATE',
};

/**
 * The first table or view that projections are read from and that the role does not own. Each version and each rebuild replaces
 * these, which only their owner may do. They are found by the tables that they show, since each projection names its own schema.
 */
export const selectForeignView = (): Sql => sql`
  SELECT format('%I.%I', namespace.nspname, shown.relname) AS view, shown.relowner::regrole::text AS owner, current_user AS role
    FROM ${viewsOverGenerations}
    JOIN pg_namespace AS namespace ON namespace.oid = shown.relnamespace
   WHERE NOT pg_has_role(shown.relowner, 'USAGE')
   ORDER BY view LIMIT 1`;

/** A log alone, as it is copied or benchmarked, has no projections. */
const hasProjections = async (pool: Pool): Promise<boolean> => {
  const { rows } = await pool.query<{ there: boolean }>(
    `SELECT to_regclass('projections.generations') IS NOT NULL AS there`,
  );
  return rows[0]?.there === true;
};

const refuseForeignViews = async (pool: Pool, { setting, ownerSetting }: RoleSettings): Promise<void> => {
  if (!(await hasProjections(pool))) return;
  const { rows } = await pool.query<{ view: string; owner: string; role: string }>(
    statement(selectForeignView()),
  );
  const [found] = rows;
  if (!found) return;
  const { view, owner, role } = found;
  throw new StartRefused(
    `${setting}: the role ${role} does not own ${view}, which it has to replace when a projection is made anew; ` +
      (ownerSetting === undefined
        ? `let someone who may run «REASSIGN OWNED BY ${owner} TO ${escapeIdentifier(role)}», or «GRANT ${owner} TO ${escapeIdentifier(role)}»`
        : `let someone who may run «GRANT ${escapeIdentifier(role)} TO ${owner}», and start again with ${owner} in ${ownerSetting}: it then hands over what projections made`),
  );
};

export const selectLackingRights = (needed: readonly { table: string; right: string }[]): Sql => sql`
  SELECT "table", "right", current_user AS role
    FROM unnest(${needed.map(({ table }) => table)}::text[], ${needed.map(({ right }) => right)}::text[]) AS needed("table", "right")
   WHERE NOT has_table_privilege(to_regclass("table"), "right")`;

/** Where a role is set, and where that of its owner, if it has one. */
interface RoleSettings {
  setting: string;
  ownerSetting: string | undefined;
}

/** Refuses a role that may not read and write the tables, whoever made them; to be called once they exist. Throws StartRefused. */
export const refuseWithoutRights = async (pool: Pool, settings: RoleSettings): Promise<void> => {
  const { setting } = settings;
  const needed = Object.entries(rightsNeeded).flatMap(([table, rights]) =>
    rights.split(',').map((right) => ({ table, right })),
  );
  const { rows } = await pool.query<{ table: string; right: string; role: string }>(
    statement(selectLackingRights(needed)),
  );
  const [lacking] = rows;
  if (!lacking) return refuseForeignViews(pool, settings);
  const { table, right, role } = lacking;
  throw new StartRefused(
    `${setting}: the role ${role} lacks ${right} on ${table}; let its owner run «GRANT ${right} ON ${table} TO ${escapeIdentifier(role)}», or make the role the owner`,
  );
};
