import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { project } from '../server/server-process.js';

const file = join(project, 'src/demo/sample-week/mise-a-jour-quotidienne-2026-05-17');

/** The bulletin of 17 May 2026 as it was published. */
export const realText = readFileSync(`${file}.txt`, 'utf8');

/** Its lines, without the marks for bold and lists. */
export const realLines: readonly string[] = realText
  .split('\n')
  .map((line) =>
    line
      .replaceAll('**', '')
      .replace(/^\s*- /, '')
      .trim(),
  )
  .filter(Boolean);

export const realDate = '2026-05-17';

/** The draft that a producer writes for that bulletin: everything except the tickets' figures, which are counted. */
export const realDraft = JSON.parse(readFileSync(`${file}.draft.json`, 'utf8')) as {
  ticketDay: string;
  sections: {
    bilan: string;
    faitsSaillants: { establishment: string; text: string }[];
    objectif: string;
  };
  releves: {
    code: string;
    day: string;
    value: number;
    total?: number;
    unit?: string;
    target?: number;
    targetNote?: string;
  }[];
};
