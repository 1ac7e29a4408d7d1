import { describe, expect, it } from '@jest/globals';
import { instant } from '../shared/instant.js';
import {
  dateIn,
  dayIn,
  durationIn,
  momentIn,
  numberIn,
  percentIn,
  quantityIn,
  signedIn,
  weekdayIn,
} from './formatting.js';

const nbsp = '\u00A0';

describe('a number', () => {
  it.each([
    ['fr', 23_431, true, `23${nbsp}431`],
    ['fr', 2_250, true, `2${nbsp}250`],
    ['fr', 1_107, false, '1107'],
    ['fr', 23_431, false, `23${nbsp}431`],
    ['fr', 1_234_567, false, `1${nbsp}234${nbsp}567`],
    ['fr', 0.5, true, '0,5'],
    ['en', 23_431, true, '23,431'],
    ['en', 1_107, false, '1107'],
  ] as const)('in %s: %d, four digits grouped: %s, is %s', (language, value, grouped, text) => {
    expect(numberIn(language, value, grouped)).toBe(text);
  });

  it('has its unit after it, on the same line', () => {
    expect(percentIn('fr', 78.1)).toBe(`78,1${nbsp}%`);
    expect(percentIn('en', 78.1)).toBe('78.1%');
    expect(quantityIn('fr', 89, '%')).toBe(`89${nbsp}%`);
    expect(quantityIn('fr', 12, 'h')).toBe(`12${nbsp}h`);
    expect(quantityIn('en', 1_200, undefined)).toBe('1,200');
  });

  it('shows its sign where it is a change', () => {
    expect(signedIn('fr', 1, false)).toBe('+1');
    expect(signedIn('fr', -12_000, false)).toBe(`−12${nbsp}000`);
  });
});

describe('a day', () => {
  it('is named as the bulletin names it', () => {
    expect(weekdayIn('fr', '2026-05-15')).toBe('vendredi 15 mai');
    expect(dayIn('fr', '2026-05-01')).toBe('1er mai');
    expect(weekdayIn('fr', '2026-05-01')).toBe('vendredi 1er mai');
    expect(dateIn('fr', '2026-05-17')).toBe('dimanche 17 mai 2026');
    expect(dayIn('fr', '2026-08-21')).toBe('21 août');
  });

  it('is named in English', () => {
    expect(weekdayIn('en', '2026-05-15')).toBe('Friday, May 15');
    expect(dateIn('en', '2026-05-17')).toBe('Sunday, May 17, 2026');
  });

  it('has its times of day by the clock of the zone', () => {
    const at = instant('2026-05-17T03:05:00Z');
    expect(momentIn('fr', at, 'America/Toronto')).toBe('16 mai 2026 à 23h05');
    expect(momentIn('en', at, 'America/Halifax')).toBe('May 17, 2026, 00:05');
  });
});

describe('a duration', () => {
  it.each([
    ['fr', 59_999, 'moins d’une minute'],
    ['fr', 60_000, `1${nbsp}min`],
    ['fr', 3_600_000, `1${nbsp}h`],
    ['fr', 11_579_000, `3${nbsp}h${nbsp}12${nbsp}min`],
    ['fr', 24 * 3_600_000 - 1, `23${nbsp}h${nbsp}59${nbsp}min`],
    ['fr', 52 * 3_600_000 + 60_000, `2${nbsp}j${nbsp}4${nbsp}h`],
    ['en', 48 * 3_600_000, `2${nbsp}d`],
    ['en', 0, 'less than a minute'],
  ] as const)('in %s: %d ms is %s', (language, durationMs, text) => {
    expect(durationIn(language, durationMs)).toBe(text);
  });
});
