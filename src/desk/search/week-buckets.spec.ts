import { describe, expect, it } from '@jest/globals';
import { instant } from '../../shared/instant.js';
import { askedOf, weekOf } from './week-buckets.js';

describe('a band', () => {
  it.each([
    ['1970-01-01T00:00:00.000Z', 0],
    ['1970-01-07T23:59:59.999Z', 0],
    ['1970-01-08T00:00:00.000Z', 1],
    ['1969-12-31T23:59:59.999Z', -1],
    ['2026-05-15T08:12:33.120-04:00', 2941],
  ])('is the week of %s: %s', (at, band) => {
    expect(weekOf(instant(at))).toBe(band);
  });
});

describe('what is asked of bands', () => {
  it('is asked of the words of each', () => {
    expect(askedOf(`('imprim':* | 'd''or') & 'lent'`, { oldest: 7, newest: 8 })).toBe(
      `(('8/imprim':* | '8/d''or') & '8/lent') | (('7/imprim':* | '7/d''or') & '7/lent')`,
    );
  });

  it('says nothing of places: words of bands have none', () => {
    expect(askedOf(`'12e3':* <-> 'abc':* <2> 'd'`, { oldest: 0, newest: 0 })).toBe(
      `('0/12e3':* & '0/abc':* & '0/d')`,
    );
  });
});
