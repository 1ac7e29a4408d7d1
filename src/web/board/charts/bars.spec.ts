import { describe, expect, it } from '@jest/globals';
import { barsOf, type BarRow } from './bars.js';
import { countsOf } from '../read-categories.js';
import { scaleOf } from './scale.js';

const options = { width: 900, font: 15, letters: 9, lines: 2, label: 'Par établissement' };
const figures = [
  ['opened', 'opened'],
  ['backlog', 'backlog'],
] as const;
const drawn = (rows: BarRow[], language: 'fr' | 'en' = 'fr') =>
  barsOf(rows, { ...options, figures, language }).text;
const nim: BarRow = {
  ...{ label: 'NIM', name: 'NIM – Nord', values: { opened: 12, backlog: 0 } },
  linked: (figure) => `/jours/2026-05-15/billets?figure=${figure}`,
};

describe('a chart of bars', () => {
  it('names its axes, and leads from each bar to the tickets behind it, in words', () => {
    const chart = drawn([nim]);
    expect([...chart.matchAll(/class="axis"[^>]*>\s*([^<]*?)\s*</g)].map(([, axis]) => axis)).toEqual([
      ...['Ouverts', 'Actifs'],
    ]);
    expect(chart).toMatch(
      /<a\s+class="bar"\s+href="\/jours\/2026-05-15\/billets\?figure=opened"\s+aria-label="NIM – Nord: Ouverts 12"/,
    );
  });

  it('leads nowhere from zero, behind which there is no ticket', () => {
    expect(drawn([nim])).not.toContain('figure=backlog');
  });

  it('shows what is not known as such, and not as zero', () => {
    const chart = drawn([{ label: 'BC', name: 'BC', values: undefined, unknown: 'journée pas commencée' }]);
    expect(chart).toContain('BC: Ouverts journée pas commencée');
    expect(chart.match(/class="count"[^>]*>\s*–/g)).toHaveLength(2);
    expect(chart).not.toMatch(/<rect\s+class="opened"/);
  });
});

describe('a scale', () => {
  it.each([
    [0, [0, 1]],
    [7, [0, 5, 10]],
    [33, [0, 20, 40]],
    [514, [0, 500, 1000]],
  ])('for %d has two round steps at most, which include it', (max, ticks) => {
    expect(scaleOf([max], { from: 0, to: 100, maxTicks: 2 }).ticks).toEqual(ticks);
  });
});

describe('the figures by category', () => {
  it('are those of both reports, the most opened first', () => {
    const during = [
      { key: 'acces', opened: 1, tickets: 2 },
      { key: 'impression', opened: 5, tickets: 0 },
    ];
    expect(
      countsOf(during, [
        { key: 'autre', tickets: 7 },
        { key: 'acces', tickets: 3 },
      ]),
    ).toEqual([
      { category: 'impression', opened: 5, resolved: 0, backlog: 0 },
      { category: 'acces', opened: 1, resolved: 2, backlog: 3 },
      { category: 'autre', opened: 0, resolved: 0, backlog: 7 },
    ]);
  });
});
