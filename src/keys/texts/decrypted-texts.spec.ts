import { describe, expect, it } from '@jest/globals';
import { DecryptedTexts } from './decrypted-texts.js';

const ttlMs = 60_000;

describe('decrypted texts', () => {
  it('are found by what they are about, and by the very text that stands in the log', () => {
    const texts = new DecryptedTexts(ttlMs);
    texts.keep('title', { text: 'aes256gcm:AAAA', plain: 'Souris' });
    expect(texts.find('title', 'aes256gcm:AAAA')).toBe('Souris');
    expect(texts.find('title', 'aes256gcm:AAAB')).toBeUndefined();
    expect(texts.find('description', 'aes256gcm:AAAA')).toBeUndefined();
  });

  it('are gone once they are cleared', () => {
    const texts = new DecryptedTexts(ttlMs);
    texts.keep('title', { text: 'aes256gcm:AAAA', plain: 'Souris' });
    texts.clear();
    expect(texts.find('title', 'aes256gcm:AAAA')).toBeUndefined();
  });

  it('take no more memory than they may, however many and long they are', () => {
    const texts = new DecryptedTexts(ttlMs);
    const long = 'x'.repeat(2 ** 20);
    for (let n = 0; n < 20; n += 1) texts.keep(String(n), { text: long, plain: long });
    const kept = Array.from({ length: 20 }, (_, n) => texts.find(String(n), long)).filter((text) => text);
    expect(kept).toHaveLength(4);
  });
});
