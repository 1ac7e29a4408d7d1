import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import {
  generatedDays,
  generatedYear,
  type YearShape,
} from '../../../../billets-quotidiens/testing/generated-years.js';
import { daysBetween, dayBefore } from '../../../../calendar/local-days.js';
import { insightsOf, referenceDays, type CountedDay } from './insight.js';

const firstMonday = '2026-01-05';
const dates = daysBetween(firstMonday, dayBefore(firstMonday, -(generatedDays - 1)));
const daysOf = (counts: readonly number[]): CountedDay[] =>
  counts.map((opened, index) => ({
    date: dates[index]!,
    total: { opened, resolved: 0, backlog: 0 } as CountedDay['total'],
    establishments: [],
  }));

const standsOut = (days: readonly CountedDay[], index: number): boolean =>
  insightsOf(days.slice(index - referenceDays, index + 1)).some(
    ({ reference }) => reference.kind === 'usual',
  );

const years = 8;
const planted = (factor: number): YearShape => ({ level: 1_000, planted: { factor, days: 12 } });
const shapes: Record<string, YearShape> = {
  'steady, 1 000 a day': { level: 1_000 },
  'steady, 12 a day': { level: 12 },
  'growing by 0.3 % a day': { level: 400, growth: 0.003 },
  'with 12 days of twice as many': planted(2),
  'with 12 days of half as many again': planted(1.5),
  'with 12 days of half as many': planted(0.5),
};

/** How many of the ordinary days are said to stand out, and how many of the planted ones. */
const backTest = (shape: YearShape) => {
  const said = { ordinary: 0, planted: 0 };
  const all = { ordinary: 0, planted: 0 };
  for (let seed = 1; seed <= years; seed += 1) {
    const year = generatedYear(shape, seed);
    const days = daysOf(year.counts);
    for (let index = referenceDays; index < generatedDays; index += 1) {
      const kind = year.planted.has(index) ? 'planted' : 'ordinary';
      all[kind] += 1;
      said[kind] += Number(standsOut(days, index));
    }
  }
  return { falseAlarms: said.ordinary / all.ordinary, detected: said.planted / all.planted };
};

describe('what stands out in generated years', () => {
  const page = readFileSync(new URL('../../../../../docs/insight.md', import.meta.url), 'utf8');
  const section = page.slice(page.indexOf('## What stands out'));

  it.each(Object.entries(shapes))('has the rates that its page says: %s', (name, shape) => {
    const { falseAlarms, detected } = backTest(shape);
    const cells = [
      name,
      `${(100 * falseAlarms).toFixed(1)} %`,
      Number.isNaN(detected) ? '' : `${(100 * detected).toFixed(0)} %`,
    ];
    const rows = section.split('\n').map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
    expect(rows.find(([first]) => first === name)).toEqual(cells);
  });
});
