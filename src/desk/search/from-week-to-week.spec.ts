import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fromWeekToWeek, type WeekStep } from './from-week-to-week.js';

const oldest = 100;

/** A search over weeks with these counts of matches, named by week and number, which keeps its steps. */
const searchOver = (counts: readonly number[], first: 'newest first' | 'oldest first') => {
  const bands = counts.map((count, index) => ({ band: oldest + index, count }));
  const ordered = first === 'newest first' ? bands.reverse() : bands;
  const matchesIn = ({ oldest: from, newest: to }: WeekStep['weeks']): string[] =>
    ordered
      .filter(({ band }) => band >= from && band <= to)
      .flatMap(({ band, count }) => Array.from({ length: count }, (_, number) => `${band} ${number}`));
  const steps: WeekStep[] = [];
  const look = (step: WeekStep): Promise<string[]> => {
    steps.push(step);
    return Promise.resolve(matchesIn(step.weeks).slice(0, step.limit));
  };
  return { look, steps, all: matchesIn({ oldest, newest: oldest + counts.length - 1 }) };
};

const within = (counts: readonly number[]) => ({ oldest, newest: oldest + counts.length - 1 });

describe('searching from week to week', () => {
  it('finds the first matches in order, and searches no week twice', async () => {
    const anyCounts = fc.array(fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat(30)), {
      maxLength: 200,
    });
    const directions = fc.constantFrom('newest first', 'oldest first');
    await fc.assert(
      fc.asyncProperty(
        anyCounts,
        directions,
        fc.integer({ min: 1, max: 120 }),
        async (counts, first, maxMatches) => {
          const { look, steps, all } = searchOver(counts, first);
          expect(await fromWeekToWeek(within(counts), first, maxMatches, 1, look)).toEqual(
            all.slice(0, maxMatches),
          );
          const searched = steps.flatMap(({ weeks: { oldest: from, newest: to } }) =>
            Array.from({ length: to - from + 1 }, (_, index) => from + index),
          );
          expect(new Set(searched).size).toBe(searched.length);
        },
      ),
    );
  });

  it.each([
    ['one week, where that is enough', 8, [9, 9, 9], [1]],
    ['as many weeks as seem enough', 8, [3, 3, 3, 3], [1, 2]],
    ['no more than sixteen weeks at once', 40, Array<number>(300).fill(1), [1, 4, 16, 16, 4]],
    ['two weeks and then all others, where nothing is found', 8, Array<number>(300).fill(0), [1, 2, 297]],
    ['all other weeks at once, where many steps would be needed', 80, Array<number>(300).fill(1), [1, 299]],
  ])('searches %s', async (_what, maxMatches, counts, sizes) => {
    const { look, steps } = searchOver(counts, 'newest first');
    await fromWeekToWeek(within(counts), 'newest first', maxMatches, 1, look);
    expect(steps.map(({ weeks }) => weeks.newest - weeks.oldest + 1)).toEqual(sizes);
    expect(steps.map(({ rest }) => rest)).toEqual(sizes.map((size) => size > 16));
  });

  it('searches all weeks at once when it begins with Infinity', async () => {
    const { look, steps, all } = searchOver([3, 0, 2], 'oldest first');
    expect(await fromWeekToWeek(within([3, 0, 2]), 'oldest first', 9, Infinity, look)).toEqual(all);
    expect(steps.map(({ rest }) => rest)).toEqual([true]);
  });

  it('searches nothing where there are no weeks', async () => {
    const { look, steps } = searchOver([], 'newest first');
    expect(await fromWeekToWeek({ oldest: 0, newest: -1 }, 'newest first', 5, 1, look)).toEqual([]);
    expect(steps).toEqual([]);
  });
});
