import { finished } from 'node:stream/promises';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

/** A column's value; PostgreSQL reads the text of it by the column's type. An object: JSON; undefined: null. */
export type Value = string | number | bigint | boolean | object | null | undefined;

const special = /[\\\t\n\r]/;
const escapes: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** A value in COPY's text format. */
export const copyText = (value: Value): string => {
  if (value === null || value === undefined) return '\\N';
  if (typeof value === 'object') return escaped(JSON.stringify(value));
  return typeof value === 'string' ? escaped(value) : String(value);
};

const escaped = (text: string): string =>
  special.test(text) ? text.replaceAll(/[\\\t\n\r]/g, (found) => escapes[found] ?? found) : text;

/**
 * Inserts rows that are not there yet, by COPY: the driver would take longer to write arrays of their values than PostgreSQL takes
 * to insert them. `valuesOf` gives a row's values in the columns' order. Rejects with what PostgreSQL says.
 */
export const insertRows = async <Row>(
  client: PoolClient,
  table: string,
  {
    columns,
    rows,
    valuesOf,
  }: { columns: readonly string[]; rows: readonly Row[]; valuesOf: (row: Row) => readonly Value[] },
): Promise<void> => {
  if (rows.length === 0) return;
  let text = '';
  for (const row of rows) text += `${valuesOf(row).map(copyText).join('\t')}\n`;
  const stream = client.query(copyFrom(`COPY ${table} (${columns.join(', ')}) FROM STDIN`));
  stream.end(text);
  await finished(stream);
};
