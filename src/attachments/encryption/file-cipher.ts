import { createCipheriv, createDecipheriv, hkdfSync, randomBytes, type KeyObject } from 'node:crypto';
import { inChunks, withLast } from './chunks.js';

/** Whose file it is, and which form of it: bytes that are moved elsewhere can't be read. */
export interface FileIdentity {
  ticketId: string;
  attachmentId: string;
  form: 'original' | 'thumbnail';
}

/** What was read is not what was written: it was cut short, reordered, changed, or is another file's. */
export class FileDamaged extends Error {}

/** So much of a file is in memory at a time. */
export const chunkBytes = 64 * 1024;
const algorithm = 'aes-256-gcm';
const tagBytes = 16;
const nonceBytes = 12;
const saltBytes = 32;
/** Before all else: the format, so that another one can follow. */
const magic = Buffer.from('BQ-FILE1');

/** How many bytes a file has once it is encrypted. */
export const encryptedBytes = (size: number): number =>
  magic.length + saltBytes + size + Math.ceil(size / chunkBytes) * tagBytes;

/**
 * A file, encrypted in chunks of 64 KiB. Each file has a key of its own, derived from the ticket's and a random salt: it is gone when that
 * one is, and no two files share a key, so the number of the chunk is nonce enough. The number, and whether a chunk is the last, are bound
 * to it: a file that was cut short, or whose chunks changed places, does not decrypt.
 */
export async function* encryptedFile(
  ticketKey: KeyObject,
  file: FileIdentity,
  plain: AsyncIterable<Uint8Array>,
): AsyncGenerator<Buffer> {
  const salt = randomBytes(saltBytes);
  const key = fileKey(ticketKey, salt, file);
  yield Buffer.concat([magic, salt]);
  let index = 0;
  for await (const { item, isLast } of withLast(inChunks(plain, chunkBytes))) {
    const cipher = createCipheriv(algorithm, key, nonceOf(index));
    cipher.setAAD(aboutOf(file, index, isLast));
    const text = cipher.update(item);
    cipher.final();
    yield Buffer.concat([text, cipher.getAuthTag()]);
    index += 1;
  }
}

/** The file again. Nothing is given that was not verified. Throws FileDamaged, also after some of it. */
export async function* decryptedFile(
  ticketKey: KeyObject,
  file: FileIdentity,
  encrypted: AsyncIterable<Uint8Array>,
): AsyncGenerator<Buffer> {
  const { header, rest } = await withHeader(encrypted, magic.length + saltBytes);
  if (!header.subarray(0, magic.length).equals(magic)) throw damaged(file);
  const key = fileKey(ticketKey, header.subarray(magic.length), file);
  let index = 0;
  for await (const { item, isLast } of withLast(inChunks(rest, chunkBytes + tagBytes))) {
    yield decryptedChunk(key, item, { file, index, isLast });
    index += 1;
  }
  if (index === 0) throw damaged(file);
}

const decryptedChunk = (
  key: Buffer,
  chunk: Buffer,
  { file, index, isLast }: { file: FileIdentity; index: number; isLast: boolean },
): Buffer => {
  const end = chunk.length - tagBytes;
  if (end < 1) throw damaged(file);
  const decipher = createDecipheriv(algorithm, key, nonceOf(index), { authTagLength: tagBytes });
  decipher.setAAD(aboutOf(file, index, isLast));
  decipher.setAuthTag(chunk.subarray(end));
  const plain = decipher.update(chunk.subarray(0, end));
  try {
    decipher.final();
  } catch {
    throw damaged(file);
  }
  return plain;
};

const fileKey = (ticketKey: KeyObject, salt: Buffer, file: FileIdentity): Buffer =>
  Buffer.from(hkdfSync('sha256', ticketKey, salt, `attachment\n${identityOf(file)}`, 32));

const identityOf = ({ ticketId, attachmentId, form }: FileIdentity): string =>
  `${ticketId}\n${attachmentId}\n${form}`;

const aboutOf = (file: FileIdentity, index: number, isLast: boolean): Buffer =>
  Buffer.from(`${identityOf(file)}\n${index}\n${isLast ? 'last' : 'more'}`);

const nonceOf = (index: number): Buffer => {
  const nonce = Buffer.alloc(nonceBytes);
  nonce.writeUInt32BE(index, nonceBytes - 4);
  return nonce;
};

const damaged = ({ attachmentId, form }: FileIdentity): FileDamaged =>
  new FileDamaged(`the ${form} of attachment ${attachmentId} is not as it was written`);

/** The first bytes, and a stream of those that follow. */
const withHeader = async (
  source: AsyncIterable<Uint8Array>,
  length: number,
): Promise<{ header: Buffer; rest: AsyncIterable<Uint8Array> }> => {
  const parts = source[Symbol.asyncIterator]();
  let begun = Buffer.alloc(0);
  while (begun.length < length) {
    const next = await parts.next();
    if (next.done) break;
    begun = Buffer.concat([begun, next.value]);
  }
  return { header: begun.subarray(0, length), rest: following(begun.subarray(length), parts) };
};

async function* following(begun: Uint8Array, parts: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    if (begun.length > 0) yield begun;
    for (let next = await parts.next(); !next.done; next = await parts.next()) yield next.value;
  } finally {
    // Whoever stops early lets go of the file.
    await parts.return?.();
  }
}
