import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { breakLongWordsOfText, breakLongWords } from './long-words.js';

const letters = (text: string): string => text.replaceAll('\u200b', '');
const longestUnbroken = (text: string): number =>
  Math.max(...text.split(/[\s\u200b]/).map((word) => Array.from(word.replace(/[\p{M}\p{Cf}]/gu, '')).length));

describe('long words', () => {
  it('can be broken within a line, whatever they are made of, and lose no letter', () => {
    const text = fc.string({ unit: fc.constantFrom('[', 'a', 'é', '𝄞', ' ', '\u0301'), maxLength: 1_000 });
    fc.assert(
      fc.property(text, (written) => {
        expect(letters(breakLongWordsOfText(written))).toBe(written);
        expect(longestUnbroken(breakLongWordsOfText(written))).toBeLessThanOrEqual(80);
      }),
    );
  });

  it('are broken where their look changes with each letter, too', () => {
    const spans = Array.from({ length: 500 }, (_, at) =>
      at % 2 ? { text: 'a' } : { text: 'b', bold: true as const },
    );
    const broken = breakLongWords(spans)
      .map(({ text }) => text)
      .join('');
    expect(longestUnbroken(broken)).toBe(80);
  });

  it('are no addresses that fit on a line', () => {
    const address = 'https://intranet.example/soutien/procedures/imprimantes?section=bourrage';
    expect(breakLongWordsOfText(address)).toBe(address);
  });
});
