import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { identifierCodesIn, identifiersIn, masked } from './identifiers.js';

const nbsp = '\u00a0';

describe('a masked text', () => {
  it('shows that something was there, and nothing of it', () => {
    expect(masked('TREM 8451 1234, 514 555-1234 poste 7 ou m@x.ca: écran noir')).toBe(
      '•••• •••• ••••, •••-•••-•••• ou •••@•••: écran noir',
    );
  });

  it.each(['_', '-', '/', ', ', ' '])(
    'has a mask for each that stands beside another, with «%s» between them',
    (between) => {
      const [number, phone] = ['TREM84511234', '514-555-1234'];
      const [one, other] = ['•••• •••• ••••', '•••-•••-••••'];
      expect(masked(`${number}${between}${phone}`)).toBe(`${one}${between}${other}`);
      expect(masked(`${phone}${between}${number}`)).toBe(`${other}${between}${one}`);
    },
  );

  it('is the text itself where it names nobody', () => {
    expect(masked('Imprimante 3e nord, 2026-05-15 à 08:12')).toBe('Imprimante 3e nord, 2026-05-15 à 08:12');
  });

  it('has nothing left to be noticed, whatever was written', () => {
    const pieces = fc.oneof(
      healthNumber,
      phone,
      fc.constant('m@x.ca'),
      fc.string({ unit: 'grapheme' }),
      digits,
    );
    fc.assert(
      fc.property(fc.array(pieces), fc.constantFrom(' ', ', ', '\n', '-', ''), (parts, between) => {
        expect(identifiersIn(masked(parts.join(between)))).toEqual([]);
      }),
    );
  });
});

const digit = fc.integer({ min: 0, max: 9 });
const digits = fc.string({ unit: fc.constantFrom(...Array.from('0123456789.- @ABCDx')), maxLength: 40 });
const two = (number: number) => String(number).padStart(2, '0');
const letters = fc.string({
  unit: fc.constantFrom(...Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ')),
  minLength: 4,
  maxLength: 4,
});
const birth = fc
  .record({
    year: fc.integer({ min: 0, max: 99 }),
    month: fc.integer({ min: 1, max: 12 }),
    woman: fc.boolean(),
  })
  .map(({ year, month, woman }) => `${two(year)}${two(month + (woman ? 50 : 0))}`);
const healthNumber = fc
  .tuple(letters, birth, fc.integer({ min: 1, max: 28 }), digit, digit, fc.constantFrom(' ', '-', nbsp))
  .map(([name, month, day, a, b, gap]) => `${name}${gap}${month}${gap}${two(day)}${a}${b}`);
const phone = fc
  .tuple(
    fc.integer({ min: 200, max: 999 }),
    fc.integer({ min: 200, max: 999 }),
    fc.integer({ min: 1000, max: 9999 }),
  )
  .map(([area, exchange, line]) => `${area} ${exchange}-${line}`);

describe('whatever their digits', () => {
  it('health numbers are noticed, in any letter case', () => {
    fc.assert(
      fc.property(healthNumber, fc.boolean(), (number, isLower) => {
        const text = `Patient ${isLower ? number.toLowerCase() : number}, lit 3`;
        expect(identifiersIn(text)).toEqual([{ code: 'health-number', start: 8, end: 22 }]);
      }),
    );
  });

  it('phone numbers are noticed', () => {
    fc.assert(fc.property(phone, (number) => expect(identifierCodesIn(number)).toEqual(['phone-number'])));
  });

  it('four letters and eight digits with no such month are no health number', () => {
    const month = fc.oneof(
      fc.constantFrom(0, 50),
      fc.integer({ min: 13, max: 49 }),
      fc.integer({ min: 63, max: 99 }),
    );
    fc.assert(
      fc.property(letters, digit, month, fc.integer({ min: 0, max: 9_999 }), (name, year, at, rest) => {
        const text = `${name} ${year}${year}${two(at)} ${String(rest).padStart(4, '0')}`;
        expect(identifiersIn(text)).toEqual([]);
      }),
    );
  });

  it('dates, times, IP addresses, versions and UUIDs are nobody’s numbers', () => {
    const byte = fc.integer({ min: 0, max: 255 });
    const neutral = fc.oneof(
      fc
        .date({ noInvalidDate: true, min: new Date('1900-01-01'), max: new Date('2099-12-31') })
        .map((at) => at.toISOString()),
      fc
        .date({ noInvalidDate: true, min: new Date('1900-01-01'), max: new Date('2099-12-31') })
        .map((at) => at.toISOString().slice(0, 10)),
      fc.tuple(byte, byte, byte, byte).map((bytes) => bytes.join('.')),
      fc.tuple(byte, byte, fc.integer({ min: 0, max: 99_999 })).map((parts) => `v${parts.join('.')}`),
      fc.tuple(byte, byte, byte, fc.integer({ min: 0, max: 99_999 })).map((parts) => parts.join('.')),
      fc.uuid(),
      fc.ipV6(),
    );
    fc.assert(
      fc.property(neutral, fc.constantFrom('', 'vers ', 'dès le ', 'mars '), (text, before) => {
        expect(identifiersIn(`${before}${text}`)).toEqual([]);
      }),
    );
  });
});
