import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { identifierCodesIn, identifiersIn, masked } from './identifiers.js';

const nbsp = '\u00a0';

describe('a health number in a text', () => {
  it.each([
    'TREM84511234',
    'TREM 8451 1234',
    'trem 8451 1234',
    'Trem-8451-1234',
    `TREM${nbsp}8451${nbsp}1234`,
    'TREM 84511234',
    'TREM 84 51 12 34',
    'patient TREM84511234.',
    '(TREM 8451 1234)',
    'NAM:TREM84511234',
    'NAM-TREM84511234',
    'RAMQ TREM 8451 1234, lit 4',
    'BOUC 0062 2912',
    'LEVE 8002 2901',
    'Côté: CÔTÉ 9012 3101',
    'TREM 2010 1105',
  ])('is noticed in «%s»', (text) => {
    expect(identifierCodesIn(text)).toEqual(['health-number']);
  });

  it.each([
    'ABCD 99999999',
    'ABCD 8413 1234',
    'ABCD 8463 1234',
    'ABCD 8450 1234',
    'ABCD 8400 1234',
    'ABCD 8102 2901',
    'ABCD 8404 3101',
    'ABC 8451 1234',
    'ABCDE 8451 1234',
    'ABCD 8451 123',
    'ABCD 8451 12345',
    'ABCD 8451-1234-5678',
    'ABCD 8451 1234 5678 9012',
    'paru 2010-11-05',
    'paru 20101105',
    'dès mars 2008-10-15',
    'PC-TREM84511234',
    'XYZ/TREM84511234',
    'TREM84511234.5',
    'v_TREM84511234',
    'IMPR 2024-0193',
    'EQUI 2026 0515',
  ])('is not seen in «%s»', (text) => {
    expect(identifiersIn(text)).toEqual([]);
  });
});

describe('a phone number in a text', () => {
  it.each([
    '514-555-1234',
    '514 555-1234',
    '514 555 1234',
    `514${nbsp}555-1234`,
    '514.555.1234',
    '(514) 555-1234',
    '(514)555-1234',
    '1-800-555-1234',
    '+1 514 555-1234',
    '+15145551234',
    'tél.: 5145551234',
    'Rappelez au 514-555-1234, poste 4321',
    '514-555-1234 poste 12',
    '514 555-1234 x4321',
  ])('is noticed in «%s»', (text) => {
    expect(identifierCodesIn(text)).toEqual(['phone-number']);
  });

  it.each([
    '5145551234',
    '555-1234',
    '192.168.100.2000',
    '10.20.30.40',
    '192.168.1.254:8080',
    '255.255.255.0',
    '2026-11-29',
    '114-555-1234',
    '514-155-1234',
    '514-555-12345',
    '1514-555-1234-1',
    'S/N 514-555-1234',
    'n° de série: 514-555-1234',
    'billet 514-555-1234',
    'IMP-514-555-1234',
    '514-555-1234-99',
    'Windows 10.0.19045.3693',
    '120.0.6099.224',
    'K7M3-QX9P',
    '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
  ])('is not seen in «%s»', (text) => {
    expect(identifiersIn(text)).toEqual([]);
  });
});

describe('an e-mail address in a text', () => {
  it.each([
    'marie.tremblay@exemple.ca',
    'Écrire à <m.t+dsn@sous.exemple.qc.ca>.',
    'mailto:a@b.org',
    'x@163.com',
  ])('is noticed in «%s»', (text) => {
    expect(identifierCodesIn(text)).toEqual(['email-address']);
  });

  it.each([
    '@types/node',
    'service@2.0.1',
    'service@2.0.beta',
    'root@serveur',
    'a@b',
    'prix @ 3.50',
    'x@.ca',
  ])('is not seen in «%s»', (text) => {
    expect(identifiersIn(text)).toEqual([]);
  });
});

describe('a masked text', () => {
  it('shows that something was there, and nothing of it', () => {
    expect(masked('TREM 8451 1234, 514 555-1234 poste 7 ou m@x.ca: écran noir')).toBe(
      '•••• •••• ••••, •••-•••-•••• ou •••@•••: écran noir',
    );
  });

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

  it('long texts are read in time', () => {
    for (const unit of ['a', 'a.', '5', '514 ', '514-555-', 'abcd ', 'a@', 'a@a.', 'TREM 8451 ']) {
      const from = process.cpuUsage();
      identifiersIn(unit.repeat(10_000 / unit.length));
      const { user, system } = process.cpuUsage(from);
      expect(user + system).toBeLessThan(1_000_000);
    }
  });
});
