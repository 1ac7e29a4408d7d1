import { describe, expect, it } from '@jest/globals';
import type { DayFigures } from '../../../billets-quotidiens/index.js';
import { dayAfter } from '../../../calendar/local-days.js';
import { chartOf } from './chart.js';

const total = { opened: 3, resolved: 2, backlog: 1 } as DayFigures['total'];
const days: Pick<DayFigures, 'date' | 'total'>[] = [{ date: '2026-10-25', total }];
while (days.length < 14) days.push({ date: dayAfter(days.at(-1)!.date), total });

const labels = (language: 'fr' | 'en', size: 'wide' | 'narrow') => {
  const { text } = chartOf(days, { language, size, isLinked: true });
  return [...text.matchAll(/<text class="label"[^>]*>([^<]*)<\/text>/g)].map(([, label]) => label);
};

describe.each(['wide', 'narrow'] as const)('the %s chart', (size) => {
  it.each([
    ['fr', 'oct.', 'nov.'],
    ['en', 'Oct', 'Nov'],
  ] as const)(
    'labels every day, and the month of the first day and of each new month: %s',
    (language, first, next) => {
      const shown = labels(language, size);
      const at = shown.indexOf('25');
      expect(shown.slice(at, at + 16)).toEqual([
        ...['25', expect.stringContaining(first), '26', '27', '28', '29', '30', '31'],
        ...['1', expect.stringContaining(next), '2', '3', '4', '5', '6', '7'],
      ]);
    },
  );
});
