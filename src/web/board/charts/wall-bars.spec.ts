import { describe, expect, it } from '@jest/globals';
import type { BarRow } from './bars.js';
import { barsOnWall } from './wall-bars.js';

const figures = [
  ['opened', 'opened'],
  ['backlog', 'backlog'],
] as const;
const size = { width: 900, height: 650, font: 27, label: 'Par établissement' };
const drawn = (rows: readonly BarRow[]) => barsOnWall(rows, { ...size, figures, language: 'fr' }).text;
const detail = 'Institut universitaire de cardiologie et de pneumologie de Québec–Université Laval';
const row = (label: string, opened: number): BarRow => ({
  ...{ label, detail, name: `${label} – ${detail}`, values: { opened, backlog: 3 } },
});
const numbersOf = (chart: string, pattern: RegExp) =>
  [...chart.matchAll(pattern)].map(([, found]) => Number(found));

describe('the bars on a wall', () => {
  it.each([2, 5, 8])('fill what there is, as %d rows', (count) => {
    const chart = drawn(Array.from({ length: count }, (_, index) => row(`IUCPQ${index}`, 1_200 + index)));
    expect(chart).toContain('viewBox="0 0 900 650"');
    const tops = numbersOf(chart, /<rect\s+class="opened"\s+x="[^"]*"\s+y="([^"]*)"/g);
    expect(tops).toHaveLength(count);
    const [thick = 0] = numbersOf(chart, /height="([^"]*)"/g);
    expect(thick).toBeGreaterThan(20);
    expect(Math.max(...tops) + thick).toBeLessThanOrEqual(650);
    expect(Math.max(...tops) + thick).toBeGreaterThan(650 * 0.75);
  });

  it('have names that are whole, however long, and numbers', () => {
    const chart = drawn([row('IUCPQ', 1_200)]);
    expect(chart).toContain(`>${detail}</text`);
    expect(chart).toMatch(/>1\s200<\/text/);
    expect(chart).toMatch(/aria-label="IUCPQ – [^"]*: Ouverts 1\s200, Actifs 3"/);
  });

  it('show what is not known as such, and not as zero', () => {
    const chart = drawn([{ label: 'BC', name: 'BC', values: undefined, unknown: 'journée pas commencée' }]);
    expect(chart).toContain('aria-label="BC: journée pas commencée"');
    expect(chart.match(/class="count"[^>]*>–/g)).toHaveLength(2);
  });
});
