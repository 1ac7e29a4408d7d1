import { describe, expect, it } from '@jest/globals';
import { instant } from '../../shared/instant.js';
import { weekBucketQuery, weekOf } from './week-buckets.js';

describe('a week bucket', () => {
  it.each([
    ['1970-01-01T00:00:00.000Z', 0],
    ['1970-01-07T23:59:59.999Z', 0],
    ['1970-01-08T00:00:00.000Z', 1],
    ['1969-12-31T23:59:59.999Z', -1],
    ['2026-05-15T08:12:33.120-04:00', 2941],
  ])('is the number of the week of an instant: %s is in %s', (at, week) => {
    expect(weekOf(instant(at))).toBe(week);
  });
});

describe('a query over week buckets', () => {
  it('asks for the words of each week', () => {
    expect(weekBucketQuery(`('imprim':* | 'd''or') & 'lent'`, { oldest: 7, newest: 8 })).toBe(
      `(('8/imprim':* | '8/d''or') & '8/lent') | (('7/imprim':* | '7/d''or') & '7/lent')`,
    );
  });

  it('asks for no word order: the words of weeks have no positions', () => {
    expect(weekBucketQuery(`'12e3':* <-> 'abc':* <2> 'd'`, { oldest: 0, newest: 0 })).toBe(
      `('0/12e3':* & '0/abc':* & '0/d')`,
    );
  });
});
