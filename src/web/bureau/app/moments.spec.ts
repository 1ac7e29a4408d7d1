import { describe, expect, it } from '@jest/globals';
import { ageOf, momentOf } from './moments.js';

const now = Date.parse('2026-05-18T12:00:00Z');

describe('how old a ticket is', () => {
  it.each([
    ['2026-05-18T11:59:30Z', '0\u00a0min', '0\u00a0min'],
    ['2026-05-18T11:01:00Z', '59\u00a0min', '59\u00a0min'],
    ['2026-05-16T13:00:00Z', '47\u00a0h', '47\u00a0h'],
    ['2026-05-15T11:00:00Z', '3\u00a0j', '3\u00a0d'],
    ['2024-05-18T12:00:00Z', '730\u00a0j', '730\u00a0d'],
    ['2026-05-18T12:05:00Z', '0\u00a0min', '0\u00a0min'],
  ])('is told in one unit: %s', (openedAt, french, english) => {
    expect([ageOf(openedAt, now, 'fr'), ageOf(openedAt, now, 'en')]).toEqual([french, english]);
  });
});

describe('a moment', () => {
  it('has its day where that is not today, and its year where that is another one', () => {
    const today = new Date(now).toISOString();
    expect(momentOf(today, now, 'fr')).toMatch(/^\d\dh\d\d$/);
    expect(momentOf(today, now, 'en')).toMatch(/^\d\d:\d\d$/);
    expect(momentOf('2026-05-10T12:00:00Z', now, 'fr')).toMatch(/10 mai, /);
    expect(momentOf('2025-05-10T12:00:00Z', now, 'fr')).toMatch(/2025, /);
  });
});
