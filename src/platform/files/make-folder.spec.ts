import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeFolder, makeFolderSync } from './make-folder.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'make-folder-'));
  writeFileSync(join(folder, 'file'), '');
});
afterAll(() => rmSync(folder, { recursive: true }));

const ways: [string, (path: string) => Promise<unknown>][] = [
  ['makeFolder', (path) => makeFolder(path)],
  ['makeFolderSync', (path) => Promise.resolve().then(() => makeFolderSync(path))],
];

describe.each(ways)('%s', (name, make) => {
  it('makes a folder with those above it, and takes one that is there', async () => {
    const path = join(folder, name, 'a', 'b');
    await make(path);
    await make(path);
    expect(statSync(path).isDirectory()).toBe(true);
  });

  it('fails where a folder can take no other, and where a file stands', async () => {
    await expect(make('/proc/nothing/below')).rejects.toThrow('ENOENT');
    await expect(make('/proc/nothing')).rejects.toThrow('ENOENT');
    await expect(make(join(folder, 'file'))).rejects.toThrow('EEXIST');
    await expect(make(join(folder, 'file', 'below'))).rejects.toThrow('ENOTDIR');
  });
});

describe('makeFolder', () => {
  it('says whether the folder was missing, and gives all that it makes their mode', async () => {
    const path = join(folder, 'private', 'inner');
    expect([await makeFolder(path, 0o700), await makeFolder(path, 0o700)]).toEqual([true, false]);
    for (const made of [path, join(folder, 'private')]) expect(statSync(made).mode & 0o777).toBe(0o700);
  });

  it('is one folder for those who make it at the same time', async () => {
    const path = join(folder, 'together', 'x');
    await Promise.all(Array.from({ length: 8 }, () => makeFolder(path)));
    expect(statSync(path).isDirectory()).toBe(true);
  });
});
