import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { encodingNamed } from './encoding.js';
import { readLines, UnreadableLine, type Line } from './read-lines.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lines-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** The lines that can be read of a file of these bytes, and the error that ends them. */
const read = async (bytes: Buffer, encoding?: string): Promise<{ lines: Line[]; error?: unknown }> => {
  const file = join(folder, 'file.ndjson');
  await writeFile(file, bytes);
  const lines: Line[] = [];
  try {
    const source = await readLines(file, encoding === undefined ? undefined : encodingNamed(encoding));
    for await (const line of source.lines) lines.push(line);
    return { lines };
  } catch (error) {
    return { lines, error };
  }
};
const textsOf = ({ lines }: { lines: Line[] }) => lines.map(({ text }) => text);
const withLine3 = (...bytes: number[]) =>
  Buffer.concat([Buffer.from('un\ndéjà\n'), Buffer.from(bytes), Buffer.from('\nquatre\n')]);

describe('reading lines', () => {
  it.each<[string, Buffer]>([
    ['ISO-8859-1', withLine3(0x74, 0xe9)],
    ['Windows-1252', withLine3(0x6c, 0x92, 0x61)],
    ['UTF-8 cut in a character', withLine3(0x61, 0xe2, 0x82)],
    ['an overlong form', withLine3(0xc0, 0xaf)],
    ['a surrogate, as CESU-8 writes it', withLine3(0xed, 0xa0, 0xbd)],
    ['a code point beyond Unicode', withLine3(0xf4, 0x90, 0x80, 0x80)],
    ['NUL', withLine3(0x61, 0x00)],
  ])('ends at the first line that is not UTF-8, and names its number: %s', async (_what, bytes) => {
    for (const given of [bytes, gzipSync(bytes)]) {
      const { lines, error } = await read(given);
      expect(lines).toEqual([
        { number: 1, text: 'un' },
        { number: 2, text: 'déjà' },
      ]);
      expect(error).toBeInstanceOf(UnreadableLine);
      expect((error as UnreadableLine).line).toBe(3);
    }
  });

  it.each<[string, Buffer]>([
    ['with its mark', Buffer.from('\uFEFF{"é":1}\n', 'utf16le')],
    ['without a mark', Buffer.from('{"a":1}\n', 'utf16le')],
    ['of the other byte order with its mark', Buffer.from('\uFEFF{"é":1}\n', 'utf16le').swap16()],
    ['of the other byte order without a mark', Buffer.from('{"a":1}\n', 'utf16le').swap16()],
  ])('refuses UTF-16 at its first line: %s', async (_what, bytes) => {
    const { lines, error } = await read(bytes);
    expect([lines, (error as UnreadableLine).line]).toEqual([[], 1]);
  });

  it('takes UTF-8 with a byte order mark', async () => {
    expect(textsOf(await read(Buffer.from('\uFEFFété\n\uFEFFhiver')))).toEqual(['été', 'hiver']);
  });

  it('does not end a line at a separator that JSON strings may hold', async () => {
    expect(textsOf(await read(Buffer.from('"a\u2028b\u2029c\u0085d"\n')))).toEqual([
      '"a\u2028b\u2029c\u0085d"',
    ]);
  });

  it.each<[string, Buffer]>([
    ['windows-1252', Buffer.from([0x6c, 0x92, 0xe9, 0x74, 0xe9, 0x20, 0x9c, 0x80])],
    ['latin1', Buffer.from([0x6c, 0x92, 0xe9, 0x74, 0xe9, 0x20, 0x9c, 0x80])],
    ['Windows-1252', Buffer.from([0x6c, 0x92, 0xe9, 0x74, 0xe9, 0x20, 0x9c, 0x80])],
    ['macintosh', Buffer.from([0x6c, 0xd5, 0x8e, 0x74, 0x8e, 0x20, 0xcf, 0xdb])],
    ['utf-16le', Buffer.from('l’été œ€', 'utf16le')],
    ['utf-16be', Buffer.from('\uFEFFl’été œ€', 'utf16le').swap16()],
    ['utf-8', Buffer.from('l’été œ€')],
  ])('reads %s where that encoding is given', async (encoding, bytes) => {
    expect(textsOf(await read(gzipSync(bytes), encoding))).toEqual(['l’été œ€']);
  });

  it('refuses a file whose byte order mark is of another encoding than the one given', async () => {
    for (const encoding of ['windows-1252', 'utf-16le']) {
      expect((await read(Buffer.from('\uFEFFété'), encoding)).error).toBeInstanceOf(UnreadableLine);
    }
    expect((await read(Buffer.from('\uFEFFé', 'utf16le').swap16(), 'utf-16')).error).toBeInstanceOf(
      UnreadableLine,
    );
  });

  it('reads the lines before the place where a compressed file breaks off', async () => {
    const whole = gzipSync(
      Buffer.from(Array.from({ length: 20_000 }, (_, index) => `ligne ${index * 7919}\n`).join('')),
    );
    const { lines, error } = await read(whole.subarray(0, whole.length / 2));
    expect(lines.length).toBeGreaterThan(100);
    expect(lines.every(({ number, text }) => text === `ligne ${(number - 1) * 7919}`)).toBe(true);
    expect(String(error)).toContain(`breaks off after line ${lines.length}`);
  });

  it('refuses an encoding that the Encoding Standard does not name', () => {
    for (const label of ['cp850', '', 'utf-9', 'replacement']) {
      expect(() => encodingNamed(label)).toThrow(/--encoding: expected/);
    }
  });
});
