import type { PoolClient } from 'pg';
import { raw, sql, statement, type Sql } from '../../database/sql.js';
import type { ProjectionTable } from '../projection.js';

/** The differences between the served rows of a projection and the rows expected of the log. */
export interface RowDifferences {
  /** The position at which both were compared, in decimal digits. */
  position: string;
  /** The number of expected rows. */
  rows: number;
  /** The number of rows that are missing on one side, or differ. */
  different: number;
  /** The first of the differences, 20 at most. */
  first: readonly RowDifference[];
}

interface RowDifference {
  table: string;
  key: Record<string, unknown>;
  /** The row as served and as expected, of texts their length alone; null when there is no such row. */
  served: Record<string, unknown> | null;
  expected: Record<string, unknown> | null;
}

const maxListed = 20;

/** Compares the tables of two schemas row by row, in the columns that both have, as the client's transaction sees them. */
export const compareRows = async (
  client: PoolClient,
  {
    tables,
    schemas,
    position,
  }: { tables: readonly ProjectionTable[]; schemas: { served: string; expected: string }; position: bigint },
): Promise<RowDifferences> => {
  const first: RowDifference[] = [];
  let rows = 0;
  let different = 0;
  for (const table of tables) {
    const counted = await compareTable(client, { table, schemas, listed: maxListed - first.length });
    rows += counted.rows;
    different += counted.different;
    first.push(...counted.first);
  }
  return { position: String(position), rows, different, first };
};

interface ComparedTable {
  name: string;
  primaryKey: readonly string[];
  /** The columns that both tables have. */
  shared: readonly string[];
  /** Those of them that hold texts, of which operators are shown the length alone. */
  texts: readonly string[];
}

export const selectDifferences = (
  { name, primaryKey, shared, texts }: ComparedTable,
  { served, expected }: { served: string; expected: string },
  listed: number,
): Sql => {
  const columns = raw(shared.join(', '));
  const key = raw(primaryKey.join(', '));
  const shown = (column: string, from: string) =>
    texts.includes(column) ? `length(${from}::text) || ' characters'` : from;
  const row = (alias: string) =>
    raw(
      `jsonb_build_object(${shared.map((column) => `'${column}', ${shown(column, `${alias}.${column}`)}`).join(', ')})`,
    );
  const all = (alias: string) => raw(['there', ...shared].map((column) => `${alias}.${column}`).join(', '));
  return sql`
    SELECT count(*) OVER ()::integer AS different,
           jsonb_build_object(${raw(primaryKey.map((column) => `'${column}', ${shown(column, column)}`).join(', '))}) AS key,
           CASE WHEN served.there THEN ${row('served')} END AS served,
           CASE WHEN expected.there THEN ${row('expected')} END AS expected
      FROM (SELECT true AS there, ${columns} FROM ${raw(`${served}.${name}`)}) AS served
      FULL JOIN (SELECT true AS there, ${columns} FROM ${raw(`${expected}.${name}`)}) AS expected
        USING (${key})
     WHERE (${all('served')}) IS DISTINCT FROM (${all('expected')})
     ORDER BY ${key}
     LIMIT ${listed}`;
};

const compareTable = async (
  client: PoolClient,
  {
    table: { name, columns, primaryKey, texts = [] },
    schemas: { served, expected },
    listed,
  }: { table: ProjectionTable; schemas: { served: string; expected: string }; listed: number },
): Promise<Omit<RowDifferences, 'position'>> => {
  const shared = await sharedColumns(client, { table: name, schema: served, wanted: Object.keys(columns) });
  const { rows: counted } = await client.query<{ rows: number }>(
    statement(sql`SELECT count(*)::integer AS rows FROM ${raw(`${expected}.${name}`)}`),
  );
  const rows = counted[0]?.rows ?? 0;
  if (!primaryKey.every((column) => shared.includes(column))) {
    // The served table lacks the primary key, so it is another table, which has none of these rows.
    return { rows, different: rows, first: [] };
  }
  const { rows: found } = await client.query<Omit<RowDifference, 'table'> & { different: number }>(
    statement(
      selectDifferences({ name, primaryKey, shared, texts }, { served, expected }, Math.max(listed, 1)),
    ),
  );
  const first = found
    .slice(0, listed)
    .map(({ key, served: was, expected: is }) => ({ table: name, key, served: was, expected: is }));
  return { rows, different: found[0]?.different ?? 0, first };
};

export const selectColumns = (schema: string, table: string): Sql => sql`
  SELECT column_name FROM information_schema.columns WHERE table_schema = ${schema} AND table_name = ${table}`;

const sharedColumns = async (
  client: PoolClient,
  { table, schema, wanted }: { table: string; schema: string; wanted: readonly string[] },
): Promise<string[]> => {
  const { rows } = await client.query<{ column_name: string }>(statement(selectColumns(schema, table)));
  const there = new Set(rows.map((row) => row.column_name));
  return wanted.filter((column) => there.has(column));
};
