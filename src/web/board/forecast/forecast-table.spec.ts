import { describe, expect, it } from '@jest/globals';
import { forecastTable } from './forecast-table.js';
import { finishedDays } from './read-forecast.js';

const textOf = (forecast: Parameters<typeof forecastTable>[0], language: 'fr' | 'en') =>
  forecastTable(forecast, language)
    .text.replace(/<[^>]*>/g, ' ')
    .replaceAll('\u00A0', ' ')
    .replace(/\s+/g, ' ');
const day = {
  day: '2026-12-02',
  ahead: 1,
  expected: 1_290,
  low: 1_150,
  high: 1_430,
  usualError: 9,
  pastForecasts: 42,
};

describe('the forecast on the board', () => {
  it('is shown with its interval and the usual error, in both languages', () => {
    expect(textOf({ days: [day] }, 'fr')).toContain('Mercredi 2 décembre 1 290 1 150 et 1 430 ±9 %');
    expect(textOf({ days: [day] }, 'en')).toContain('Wednesday, December 2 1,290 1,150 and 1,430 ±9%');
  });

  it('says why there is none', () => {
    const missing = { missing: { has: 10, needs: 31 } };
    expect(textOf(missing, 'fr')).toMatch(/il faut 31 jours finis .* il y en a 10\./);
    expect(textOf(missing, 'en')).toMatch(/it takes 31 finished days .* there are 10\./);
    expect(textOf(undefined, 'fr')).toMatch(/tant que les chiffres ne sont pas à jour/);
  });

  it('rests on finished days from the first with tickets on, never on one that goes on', () => {
    const counted = (opened: number, status: 'closed' | 'published' | 'in-progress') =>
      ({ status, total: { opened } }) as Parameters<typeof finishedDays>[0][number];
    const days = [
      counted(0, 'closed'),
      counted(5, 'closed'),
      counted(0, 'published'),
      counted(9, 'in-progress'),
    ];
    expect(finishedDays(days)).toEqual(days.slice(1, 3));
    expect(finishedDays(days.slice(0, 1))).toEqual([]);
  });
});
