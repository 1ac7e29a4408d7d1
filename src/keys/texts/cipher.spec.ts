import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decrypt, encrypt } from './cipher.js';

const key = randomBytes(32);

describe('what is encrypted', () => {
  it('reads back with the same key, about the same', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.string(), (bytes, about) => {
        const plain = Buffer.from(bytes);
        expect(decrypt(key, about, encrypt(key, about, plain))).toEqual(plain);
      }),
    );
  });

  it('is never the same twice', () => {
    const made = Array.from({ length: 2_000 }, () => encrypt(key, 'a', Buffer.from('text')).toString('hex'));
    expect(new Set(made).size).toBe(made.length);
    expect(new Set(made.map((text) => text.slice(0, 24))).size).toBe(made.length);
  });

  it('reads with no other key, about nothing else, and not once a bit of it was changed or lost', () => {
    const made = encrypt(key, 'a', Buffer.from('text'));
    expect(decrypt(randomBytes(32), 'a', made)).toBeUndefined();
    expect(decrypt(key, 'b', made)).toBeUndefined();
    for (let at = 0; at < made.length; at += 1) {
      const changed = Buffer.from(made);
      changed[at]! ^= 1;
      expect(decrypt(key, 'a', changed)).toBeUndefined();
      expect(decrypt(key, 'a', made.subarray(0, at))).toBeUndefined();
    }
  });
});
