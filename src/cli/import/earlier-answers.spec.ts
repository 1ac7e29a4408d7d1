import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EarlierAnswers } from './earlier-answers.js';
import { utf8 } from './encoding.js';

let dataDir: string;
beforeAll(async () => (dataDir = await mkdtemp(join(tmpdir(), 'billets-quotidiens-answers-'))));
afterAll(() => rm(dataDir, { recursive: true }));

describe('what an import keeps', () => {
  it('is for its owner only: what was refused is what people wrote', async () => {
    const file = join(dataDir, 'commands.ndjson');
    await writeFile(file, '{}\n');
    const answers = await EarlierAnswers.of(file, { server: utf8, log: 'log', dataDir });
    await answers.keep([{ line: { number: 1, text: '{}' }, status: 'refused' }]);
    const folder = join(dataDir, 'imports');
    const kept = await readdir(folder);
    expect(kept.map((name) => name.replace(/^[^.]+/, '')).sort()).toEqual(['.answers', '.refused.ndjson']);
    for (const name of kept) expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
  });
});
