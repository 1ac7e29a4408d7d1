import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { budgeted } from '../../../test/support/budget.js';
import { daysBetween, dayBefore } from '../../calendar/local-days.js';
import { generatedYear, generatedDays, type YearShape } from '../testing/generated-years.js';
import { claimedCoverage, daysAhead, forecastOf, minDays, usedDays, type ForecastDay } from './forecast.js';

const last = '2026-12-27';
const daysOf = (counts: readonly number[], of = last): readonly ForecastDay[] => {
  const forecast = forecastOf(counts, of);
  if (!('days' in forecast)) throw new Error('too little history');
  return forecast.days;
};
const series = (minLength: number, maxLength: number) =>
  fc.array(fc.integer({ min: 0, max: 3_000 }), { minLength, maxLength });

describe('a forecast', () => {
  it('is absent with too little history, and says how much is missing', () => {
    fc.assert(
      fc.property(series(0, minDays - 1), (counts) => {
        expect(forecastOf(counts, last)).toEqual({ missing: { has: counts.length, needs: minDays } });
      }),
      { numRuns: budgeted(50) },
    );
  });

  it('is of the next three days, each within its interval, none below zero', () => {
    fc.assert(
      fc.property(series(minDays, usedDays + 20), (counts) => {
        const days = daysOf(counts);
        expect(days.map(({ day }) => day)).toEqual(daysBetween('2026-12-28', '2026-12-30'));
        for (const { low, expected, high, usualError, pastForecasts } of days) {
          expect(low).toBeGreaterThanOrEqual(0);
          expect(low).toBeLessThanOrEqual(expected);
          expect(expected).toBeLessThanOrEqual(high);
          expect(Number.isFinite(usualError)).toBe(true);
          expect(pastForecasts).toBeGreaterThanOrEqual(14);
        }
      }),
      { numRuns: budgeted(50) },
    );
  });

  it('rests on the last weeks alone: what came before changes nothing', () => {
    fc.assert(
      fc.property(series(1, 30), series(usedDays, usedDays), (before, counts) => {
        expect(daysOf([...before, ...counts])).toEqual(daysOf(counts));
      }),
      { numRuns: budgeted(30) },
    );
  });

  it('of weeks that are all alike is that week, without error', () => {
    const week = [140, 135, 128, 117, 110, 51, 69];
    const counts = Array.from({ length: 70 }, (_, index) => week[index % 7]!);
    expect(daysOf(counts)).toMatchObject([
      { expected: 140, low: 140, high: 140, usualError: 0 },
      { expected: 135, low: 135, high: 135, usualError: 0 },
      { expected: 128, low: 128, high: 128, usualError: 0 },
    ]);
  });

  it('is hardly moved by one day out of line', () => {
    const week = [140, 135, 128, 117, 110, 51, 69];
    const counts = Array.from({ length: 70 }, (_, index) => (index === 66 ? 1_000 : week[index % 7]!));
    expect(daysOf(counts).map(({ expected }) => expected)).toEqual([140, 135, 128]);
  });

  it('of no tickets at all is none', () => {
    expect(
      daysOf(Array.from({ length: minDays }, () => 0)).map(({ expected, high }) => [expected, high]),
    ).toEqual([
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
  });
});

const shapes: Record<string, YearShape> = {
  'steady, 1 000 a day': { level: 1_000 },
  'steady, 12 a day': { level: 12 },
  'growing by 0.3 % a day': { level: 400, growth: 0.003 },
  'half as many from a day on': { level: 1_000, stepTo: 0.5 },
  'with 12 days of twice as many': { level: 1_000, planted: { factor: 2, days: 12 } },
};
const years = 8;

interface Result {
  coverage: number;
  /** Mean absolute errors, of this and of the same day of the week before. */
  own: number;
  naive: number;
}

/** The forecasts of all days of the years of a shape, against what came. */
const backTest = (shape: YearShape): Result[] => {
  const results = daysAhead.map(() => ({ held: 0, own: 0, naive: 0, days: 0 }));
  for (let seed = 1; seed <= years; seed += 1) {
    const { counts } = generatedYear(shape, seed);
    for (let end = minDays; end + daysAhead.length <= generatedDays; end += 1) {
      const days = daysOf(
        counts.slice(Math.max(0, end - usedDays), end),
        dayBefore(last, generatedDays - end),
      );
      for (const { ahead, expected, low, high } of days) {
        const [came, result] = [counts[end - 1 + ahead]!, results[ahead - 1]!];
        result.held += Number(low <= came && came <= high);
        result.own += Math.abs(came - expected);
        result.naive += Math.abs(came - counts[end - 1 + ahead - 7]!);
        result.days += 1;
      }
    }
  }
  return results.map(({ held, own, naive, days }) => ({
    coverage: held / days,
    own: own / days,
    naive: naive / days,
  }));
};

describe('the forecast over generated years', () => {
  const page = readFileSync(new URL('../../../docs/insight.md', import.meta.url), 'utf8');

  it.each(Object.entries(shapes))('has the errors and the coverage that its page says: %s', (name, shape) => {
    const results = backTest(shape);
    for (const { coverage, own, naive } of results) {
      expect(own).toBeLessThan(0.95 * naive);
      expect(coverage).toBeGreaterThan(claimedCoverage - 0.06);
      // Of a few tickets a day no interval holds just four in five: they are whole.
      expect(coverage).toBeLessThan(claimedCoverage + 0.1);
    }
    const percent = (share: number) => `${(100 * share).toFixed(0)} %`;
    const cells = [
      name,
      results.map(({ coverage }) => percent(coverage)).join(', '),
      results.map(({ own }) => own.toFixed(1)).join(', '),
      results.map(({ naive }) => naive.toFixed(1)).join(', '),
    ];
    const rows = page.split('\n').map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
    expect(rows.find(([first]) => first === name)).toEqual(cells);
  });
});
