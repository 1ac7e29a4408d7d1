import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { splitLines } from './split-lines.js';

async function* inChunks(bytes: Buffer, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
}
const linesOf = async (bytes: Buffer, size: number, encoding = 'utf-8'): Promise<Buffer[]> => {
  const lines: Buffer[] = [];
  for await (const line of splitLines(inChunks(bytes, size), encoding)) lines.push(Buffer.from(line));
  return lines;
};

describe('the lines of a stream of bytes', () => {
  it('are the same however the bytes are cut into chunks', async () => {
    const piece = fc.constantFrom('a', 'é', '😀', '\u2028', '\n', '\r', '\r\n', '\u0a0d', '\u0d0a');
    const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
    const written = fc.constantFrom<[BufferEncoding, string]>(['utf8', 'utf-8'], ['utf16le', 'utf-16le']);
    await fc.assert(
      fc.asyncProperty(text, written, fc.integer({ min: 1, max: 9 }), async (all, [encoding, name], size) => {
        const lines = all.split(/\r\n|\n|\r/);
        if (lines.at(-1) === '') lines.pop();
        const found = await linesOf(Buffer.from(all, encoding), size, name);
        expect(found.map((line) => line.toString(encoding))).toEqual(lines);
      }),
    );
  });

  it('are found in UTF-16 of the other byte order', async () => {
    const bytes = Buffer.from('é\r\nê', 'utf16le').swap16();
    expect(
      (await linesOf(bytes, 3, 'utf-16be')).map((line) => Buffer.from(line).swap16().toString('utf16le')),
    ).toEqual(['é', 'ê']);
  });
});
