import { fileURLToPath } from 'node:url';
import { readLines } from '../cli/import/read-lines.js';

/** The commands of the week, in order of arrival, late, repeated and refused ones included. */
export const week = fileURLToPath(new URL('./sample-week/dsn-premiere-semaine.ndjson.gz', import.meta.url));

export const sampleLines = async (): Promise<string[]> => {
  const lines: string[] = [];
  for await (const { text } of (await readLines(week)).lines) lines.push(text);
  return lines;
};
