import type { PoolClient } from 'pg';
import type { ProjectionTable } from '../projection.js';

/** How two makings of the same rows differ. */
export interface RowDifferences {
  /** The position both were compared at, in decimal digits. */
  position: string;
  /** Rows of `expected`. */
  rows: number;
  /** Rows that are in one only, or not the same in both. */
  different: number;
  first: readonly RowDifference[];
}

interface RowDifference {
  table: string;
  key: Record<string, unknown>;
  /** null: there is no such row. */
  served: Record<string, unknown> | null;
  expected: Record<string, unknown> | null;
}

const maxListed = 20;

/** Compares the tables of two schemas row by row, as the client's transaction sees them; by the columns that both have. */
export const compareRows = async (
  client: PoolClient,
  tables: readonly ProjectionTable[],
  schemas: { served: string; expected: string },
  position: bigint,
): Promise<RowDifferences> => {
  const first: RowDifference[] = [];
  let rows = 0;
  let different = 0;
  for (const table of tables) {
    const counted = await compareTable(client, table, schemas, maxListed - first.length);
    rows += counted.rows;
    different += counted.different;
    first.push(...counted.first);
  }
  return { position: String(position), rows, different, first };
};

const compareTable = async (
  client: PoolClient,
  { name, columns, primaryKey }: ProjectionTable,
  { served, expected }: { served: string; expected: string },
  listed: number,
): Promise<Omit<RowDifferences, 'position'>> => {
  const shared = await sharedColumns(client, name, served, Object.keys(columns));
  const total = `SELECT count(*)::integer AS rows FROM ${expected}.${name}`;
  const { rows: counted } = await client.query<{ rows: number }>(total);
  const rows = counted[0]?.rows ?? 0;
  if (!primaryKey.every((column) => shared.includes(column))) {
    // Nothing to tell them apart by: what was there before is another table, which has none of these rows.
    return { rows, different: rows, first: [] };
  }
  const row = (alias: string) =>
    `jsonb_build_object(${shared.map((c) => `'${c}', ${alias}.${c}`).join(', ')})`;
  const { rows: found } = await client.query<Omit<RowDifference, 'table'> & { different: number }>(
    `SELECT count(*) OVER ()::integer AS different,
            jsonb_build_object(${primaryKey.map((column) => `'${column}', ${column}`).join(', ')}) AS key,
            CASE WHEN served.there THEN ${row('served')} END AS served,
            CASE WHEN expected.there THEN ${row('expected')} END AS expected
       FROM (SELECT true AS there, ${shared.join(', ')} FROM ${served}.${name}) AS served
       FULL JOIN (SELECT true AS there, ${shared.join(', ')} FROM ${expected}.${name}) AS expected
         USING (${primaryKey.join(', ')})
      WHERE (${['there', ...shared].map((column) => `served.${column}`).join(', ')})
            IS DISTINCT FROM (${['there', ...shared].map((column) => `expected.${column}`).join(', ')})
      ORDER BY ${primaryKey.join(', ')}
      LIMIT ${Math.max(listed, 1)}`,
  );
  const first = found
    .slice(0, listed)
    .map(({ key, served: was, expected: is }) => ({ table: name, key, served: was, expected: is }));
  return { rows, different: found[0]?.different ?? 0, first };
};

const sharedColumns = async (
  client: PoolClient,
  table: string,
  schema: string,
  wanted: readonly string[],
): Promise<string[]> => {
  const { rows } = await client.query<{ column_name: string }>(
    'SELECT column_name FROM information_schema.columns WHERE table_schema = $1 AND table_name = $2',
    [schema, table],
  );
  const there = new Set(rows.map((row) => row.column_name));
  return wanted.filter((column) => there.has(column));
};
