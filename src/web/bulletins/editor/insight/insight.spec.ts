import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dayAfter } from '../../../../calendar/local-days.js';
import { budgeted } from '../../../../../test/support/budget.js';
import { insightKey, insightsOf, percentChange } from './insight.js';
import { sentenceOf, withSentence } from './insight-sentences.js';

type Days = Parameters<typeof insightsOf>[0];

/** Days that end on Friday 15 May, with as many opened tickets as these numbers at one establishment; nothing else is counted. */
const daysOf = (opened: readonly number[]): Days => {
  let date = '2026-05-15';
  for (let back = 1; back < opened.length; back += 1) date = dayBeforeOf(date);
  return opened.map((count) => {
    const figures = { opened: count, resolved: 0, backlog: 0 } as Days[number]['total'];
    const day = { date, total: figures, establishments: [{ code: 'NIM', name: 'Nord', ...figures }] };
    date = dayAfter(date);
    return day;
  });
};
const dayBeforeOf = (day: string) => new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);
const spoken = (
  opened: readonly number[],
  { language = 'fr', groupFourDigits = false }: { language?: 'fr' | 'en'; groupFourDigits?: boolean } = {},
) =>
  insightsOf(daysOf(opened)).map((insight) =>
    sentenceOf(insight, { language, groupFourDigits }).replaceAll('\u00A0', ' '),
  );

describe('what the figures of a day say', () => {
  it('is their change against the day before, the same weekday and the week', () => {
    expect(spoken([1_000, 100, 100, 1_200, 1_200, 1_200, 1_172, 1_107])).toEqual([
      'Le nombre de billets a baissé de 6 % par rapport au jeudi 14 mai (1107 au lieu de 1172).',
      'Le nombre de billets a augmenté de 11 % par rapport au vendredi 8 mai (1107 au lieu de 1000).',
      'Le nombre de billets a augmenté de 30 % par rapport à la moyenne des sept jours d’avant (1107 au lieu de 853,1).',
    ]);
    expect(spoken([1_172, 1_107], { language: 'en' })).toEqual([
      'The number of tickets has fallen by 6% compared with Thursday, May 14 (1107 instead of 1172).',
    ]);
  });

  it('has its numbers as the bulletin prints them', () => {
    expect(spoken([1_172, 1_107], { groupFourDigits: true })).toEqual([
      'Le nombre de billets a baissé de 6 % par rapport au jeudi 14 mai (1 107 au lieu de 1 172).',
    ]);
  });

  it('is nothing without days before, against days without tickets, or without a change', () => {
    expect(spoken([5])).toEqual([]);
    expect(spoken([0, 5])).toEqual([]);
    expect(spoken([1_000, 1_001])).toEqual([]);
  });

  it('is what stands out, by the median and the MAD of the days of its kind', () => {
    const weeks = [100, 104, 98, 101, 97, 3, 2, 99, 103, 100, 102, 96, 4, 3, 101, 99];
    const usual = spoken([...weeks, 98, 100, 105].slice(-15));
    expect(usual.filter((said) => said.includes('habitude'))).toEqual([]);
    const [network, establishment] = spoken([...weeks.slice(-14), 180]).filter((said) =>
      said.includes('habitude'),
    );
    expect(network).toMatch(
      /^Le nombre de billets est nettement plus élevé que d’habitude: 180, et [\d,]+ au milieu de \d+ jours/,
    );
    expect(establishment).toMatch(/^Le nombre de billets \(Nord\) est nettement plus élevé/);
  });

  it('is said of the establishment that changed most in tickets, where there are several', () => {
    const days = daysOf([100, 90]).map((day, index) => ({
      ...day,
      establishments: [
        { code: 'NIM', name: 'Nord', opened: [60, 58][index]!, resolved: 0, backlog: 0 },
        { code: 'MCQ', name: 'Mauricie', opened: [40, 32][index]!, resolved: 0, backlog: 0 },
      ] as unknown as Days[number]['establishments'],
    }));
    const said = insightsOf(days).map((insight) =>
      sentenceOf(insight, { language: 'fr', groupFourDigits: false }).replaceAll('\u00A0', ' '),
    );
    expect(said).toEqual([
      'Le nombre de billets a baissé de 10 % par rapport au jeudi 14 mai (90 au lieu de 100).',
      'Le nombre de billets (Mauricie) a baissé de 20 % par rapport au jeudi 14 mai (32 au lieu de 40).',
    ]);
  });

  it('is said of the category that changed most in tickets, and of each that stands out', () => {
    const days = daysOf(Array.from({ length: 15 }, (_, index) => 500 + index)).map(
      (day, index, { length }) => ({
        ...day,
        categories: {
          impression: { opened: index === length - 1 ? 90 : 20 + (index % 5), resolved: 7 },
          acces: { opened: 300 + (index % 3) },
        },
      }),
    );
    const said = insightsOf(days).filter(({ category }) => category !== undefined);
    const kinds = said.map(({ category, figure, reference }) => `${category} ${figure} ${reference.kind}`);
    expect(kinds).toEqual([
      'impression opened day-before',
      'impression opened same-weekday',
      'impression opened mean-of-seven-days',
      'impression opened usual',
    ]);
    expect(new Set(insightsOf(days).map(insightKey)).size).toBe(insightsOf(days).length);
    const sentences = (['fr', 'en'] as const).map((language) =>
      sentenceOf(said[0]!, { language, groupFourDigits: false }).replaceAll('\u00A0', ' '),
    );
    expect(sentences).toEqual([
      'Le nombre de billets (catégorie impression) a augmenté de 291 % par rapport au jeudi 14 mai (90 au lieu de 23).',
      'The number of tickets (category printing) has risen by 291% compared with Thursday, May 14 (90 instead of 23).',
    ]);
  });

  it('has no sentence of categories where these are not known', () => {
    const said = insightsOf(daysOf([5, 80, 3, 44]));
    expect(said.length).toBeGreaterThan(0);
    expect(said.filter(({ category }) => category !== undefined)).toEqual([]);
  });

  it('ends a text as an item of its list, with no mark of its own', () => {
    expect(withSentence('', 'a')).toBe('- a');
    expect(withSentence('- b', 'a (C*_)')).toBe('- b\n- a (C\\*\\_)');
    expect(withSentence('b\n', 'a')).toBe('b\n\n- a');
  });

  it('is never said of what is not so', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 2_000 }), { minLength: 1, maxLength: 29 }), (opened) => {
        for (const insight of insightsOf(daysOf(opened))) {
          const { value, reference } = insight;
          expect(value).toBe(opened.at(-1));
          expect(reference.value).toBeGreaterThan(reference.kind === 'usual' ? -1 : 0);
          expect(value).not.toBe(reference.value);
          const said = sentenceOf(insight, { language: 'fr', groupFourDigits: true });
          expect(/augmenté|plus élevé/.test(said)).toBe(value > reference.value);
          if (reference.kind === 'usual') continue;
          const percent = Math.abs(percentChange(value, reference.value));
          expect(
            Math.abs((Math.abs(value - reference.value) / reference.value) * 100 - percent),
          ).toBeLessThanOrEqual(0.5);
        }
      }),
      { numRuns: budgeted(300) },
    );
  });
});
