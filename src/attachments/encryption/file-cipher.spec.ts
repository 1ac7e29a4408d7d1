import { createSecretKey, randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { chunkBytes, decryptedFile, encryptedBytes, encryptedFile, FileDamaged } from './file-cipher.js';

const key = createSecretKey(randomBytes(32));
const file = { ticketId: 'a', attachmentId: 'b', form: 'original' } as const;

// eslint-disable-next-line @typescript-eslint/require-await -- a stream of what is there already
async function* inParts(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
const gathered = async (parts: AsyncIterable<Buffer>): Promise<Buffer> => {
  const all: Buffer[] = [];
  for await (const part of parts) all.push(part);
  return Buffer.concat(all);
};
const encrypted = (plain: Buffer) => gathered(encryptedFile(key, file, inParts(plain, 10_000)));
const decrypted = (bytes: Buffer, about: Parameters<typeof decryptedFile>[1] = file) =>
  gathered(decryptedFile(key, about, inParts(bytes, 7_001)));

const headBytes = 40;
const stored = chunkBytes + 16;

describe('an encrypted file', () => {
  it.each([1, 100, chunkBytes - 1, chunkBytes, chunkBytes + 1, 3 * chunkBytes, 200_001])(
    'of %d bytes comes back as it was, and is as long as was announced',
    async (size) => {
      const plain = randomBytes(size);
      const bytes = await encrypted(plain);
      expect(bytes.length).toBe(encryptedBytes(size));
      expect((await decrypted(bytes)).equals(plain)).toBe(true);
    },
  );

  it('differs each time', async () => {
    const plain = Buffer.from('Sarrasin');
    expect((await encrypted(plain)).equals(await encrypted(plain))).toBe(false);
  });

  it.each<[string, (bytes: Buffer) => Buffer]>([
    ['cut within a chunk', (bytes) => bytes.subarray(0, -1)],
    ['cut between chunks', (bytes) => bytes.subarray(0, headBytes + 2 * stored)],
    ['without any chunk', (bytes) => bytes.subarray(0, headBytes)],
    ['empty', () => Buffer.alloc(0)],
    [
      'with chunks in another order',
      (bytes) =>
        Buffer.concat([
          bytes.subarray(0, headBytes),
          bytes.subarray(headBytes + stored, headBytes + 2 * stored),
          bytes.subarray(headBytes, headBytes + stored),
          bytes.subarray(headBytes + 2 * stored),
        ]),
    ],
    [
      'with a chunk twice',
      (bytes) => Buffer.concat([bytes.subarray(0, headBytes + stored), bytes.subarray(headBytes)]),
    ],
    ['with more behind it', (bytes) => Buffer.concat([bytes, bytes.subarray(-stored)])],
    ['of another format', (bytes) => Buffer.concat([Buffer.from('x'), bytes.subarray(1)])],
    [
      'with a bit changed',
      (bytes) => {
        const changed = Buffer.from(bytes);
        changed.writeUInt8(changed.readUInt8(100) ^ 1, 100);
        return changed;
      },
    ],
  ])('%s is not read', async (_what, spoil) => {
    const bytes = await encrypted(randomBytes(3 * chunkBytes - 5));
    await expect(decrypted(spoil(bytes))).rejects.toThrow(FileDamaged);
  });

  it.each([{ ticketId: 'x' }, { attachmentId: 'x' }, { form: 'thumbnail' as const }])(
    'is nobody else’s: %j',
    async (other) => {
      const bytes = await encrypted(Buffer.from('Sarrasin'));
      await expect(decrypted(bytes, { ...file, ...other })).rejects.toThrow(FileDamaged);
    },
  );
});
