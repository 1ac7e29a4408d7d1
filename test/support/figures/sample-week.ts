import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { DayFigures } from './figures.js';
import { project } from '../server/server-process.js';

const folder = join(project, 'src/demo/sample-week');

export const sampleFile = join(folder, 'dsn-premiere-semaine.ndjson.gz');

/** Every command of the week as a line of the file, in order of arrival. */
export const sampleLines = (): string[] =>
  gunzipSync(readFileSync(sampleFile)).toString('utf8').split('\n').filter(Boolean);

/** The figures that the week must give, counted independently of the product. */
export const expectedDays = (
  JSON.parse(readFileSync(join(folder, 'dsn-premiere-semaine.expected.json'), 'utf8')) as {
    days: Record<string, DayFigures>;
  }
).days;

export const expectedDates = Object.keys(expectedDays).sort();

/** The week's first and last day. */
export const sampleRange = { from: expectedDates[0]!, to: expectedDates.at(-1)! };
