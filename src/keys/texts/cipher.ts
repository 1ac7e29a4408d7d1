import { createCipheriv, createDecipheriv, randomFillSync, type KeyObject } from 'node:crypto';

const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

/** Random bytes are asked for in pieces of many: each time it costs as much as a short text's encryption. */
const pool = Buffer.alloc(nonceBytes * 512);
let used = pool.length;

const nonce = (): Buffer => {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += nonceBytes;
  return pool.subarray(used - nonceBytes, used);
};

/** Nonce, ciphertext and tag, in that order. `about` is bound to it: it must be told again to decrypt. */
export const encrypt = (key: KeyObject | Buffer, about: string, plain: Buffer): Buffer => {
  const used = nonce();
  const cipher = createCipheriv(algorithm, key, used);
  cipher.setAAD(Buffer.from(about));
  const text = cipher.update(plain);
  cipher.final();
  return Buffer.concat([used, text, cipher.getAuthTag()]);
};

/** Undefined where it was made with another key, about something else, or was changed. */
export const decrypt = (key: KeyObject | Buffer, about: string, encrypted: Buffer): Buffer | undefined => {
  const end = encrypted.length - tagBytes;
  if (end < nonceBytes) return undefined;
  const decipher = createDecipheriv(algorithm, key, encrypted.subarray(0, nonceBytes), {
    authTagLength: tagBytes,
  });
  decipher.setAAD(Buffer.from(about));
  decipher.setAuthTag(encrypted.subarray(end));
  const plain = decipher.update(encrypted.subarray(nonceBytes, end));
  try {
    decipher.final();
    return plain;
  } catch {
    return undefined;
  }
};
