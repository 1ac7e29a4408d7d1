import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readReference, referenceOf } from './ticket-reference.js';

describe('the reference of a ticket', () => {
  it.each([
    ['00000000-0000-4000-8000-000000000000', '0000-0000'],
    ['00000000-0000-4000-8000-00ffffffffff', 'ZZZZ-ZZZZ'],
    ['ffffffff-ffff-4fff-bfff-ff0000000001', '0000-0001'],
    // 0x9e28_3bf5_36: 10011 11000 10100 00011 10111 11101 01001 10110.
    ['3f1c2b4a-5d6e-4f70-8192-a39e283bf536', 'KRM3-QX9P'],
    ['3F1C2B4A-5D6E-4F70-8192-A39E283BF536', 'KRM3-QX9P'],
  ])('is the last 40 bits of its id in base32: %s', (ticketId, reference) => {
    expect(referenceOf(ticketId)).toBe(reference);
  });

  it.each([
    'K7M3-QX9P',
    'k7m3-qx9p',
    'K7M3QX9P',
    ' k7m3 qx9p ',
    'k7m3–qx9p',
    'K7M3—QX9P',
    'K7M3‑QX9P',
    'Ｋ７Ｍ３－ＱＸ９Ｐ',
  ])('is read however it is written: %s', (text) => {
    expect(readReference(text)).toBe('K7M3-QX9P');
  });

  it.each([
    ['oil0-1234', '0110-1234'],
    ['OLIO LLLL', '0110-1111'],
    ['1ilI-o0O0', '1111-0000'],
  ])('is read with letters for the digits that they look like: %s', (text, reference) => {
    expect(readReference(text)).toBe(reference);
  });

  it.each(['', 'K7M3-QX9', 'K7M3-QX9PA', 'K7M3-QX9U', 'K7M3_QX9P', 'K7M3.QX9P', 'imprimante', 'é7M3-QX9P'])(
    'is not read from anything else: %s',
    (text) => {
      expect(readReference(text)).toBeUndefined();
    },
  );

  it('is read as it was written, for every id', () => {
    fc.assert(
      fc.property(fc.uuid(), (ticketId) => {
        const reference = referenceOf(ticketId);
        expect(reference).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
        expect(readReference(reference.toLowerCase())).toBe(reference);
        const bits = Array.from(reference.replace('-', '')).reduce(
          (sum, digit) => sum * 32n + BigInt('0123456789ABCDEFGHJKMNPQRSTVWXYZ'.indexOf(digit)),
          0n,
        );
        expect(bits.toString(16).padStart(10, '0')).toBe(ticketId.slice(-10));
      }),
    );
  });
});
