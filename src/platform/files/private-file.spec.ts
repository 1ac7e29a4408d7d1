import { closeSync, writeSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { appendPrivately, openPrivately, privateWriteStream, writePrivateFile } from './private-file.js';

let folder: string;
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'billets-quotidiens-files-'))));
afterAll(() => rm(folder, { recursive: true }));

const modeOf = async (path: string): Promise<string> => ((await stat(path)).mode & 0o777).toString(8);

describe('a private file', () => {
  it('is for its owner only, however it is written', async () => {
    const [written, added, streamed] = ['a', 'b', 'c'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    await writePrivateFile(written, 'x');
    await appendPrivately(added, 'x');
    await appendPrivately(added, 'y');
    await pipeline(['x'], privateWriteStream(streamed, true));
    expect(await Promise.all([written, added, streamed].map(modeOf))).toEqual(['600', '600', '600']);
    expect(await readFile(added, 'utf8')).toBe('xy');
  });

  it('that stays open is made with its folder, and written at its end', async () => {
    const path = join(folder, 'new', 'log');
    for (const text of ['x', 'y']) {
      const file = openPrivately(path);
      writeSync(file, text);
      closeSync(file);
    }
    expect([await modeOf(path), await readFile(path, 'utf8')]).toEqual(['600', 'xy']);
  });

  it('that others could read is no longer readable by them once something is added or it is replaced', async () => {
    const path = join(folder, 'open');
    await writeFile(path, 'x', { mode: 0o644 });
    await appendPrivately(path, 'y');
    expect([await modeOf(path), await readFile(path, 'utf8')]).toEqual(['600', 'xy']);
    await writeFile(join(folder, 'other'), 'x', { mode: 0o644 });
    await writePrivateFile(join(folder, 'other'), 'z');
    expect(await modeOf(join(folder, 'other'))).toBe('600');
    await writeFile(join(folder, 'log'), 'x', { mode: 0o644 });
    closeSync(openPrivately(join(folder, 'log')));
    expect(await modeOf(join(folder, 'log'))).toBe('600');
  });
});
