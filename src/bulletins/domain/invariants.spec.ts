import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { brokenInvariants, type DayBalance } from './invariants.js';
import { figureNames, type PublishedFigures } from './bulletin.events.js';
import { figures } from '../testing/bulletins.js';

const balanceOf = (
  days: Record<string, { before: number; figures: Partial<PublishedFigures> }>,
  transfers = { in: 3, out: 3 },
): DayBalance => {
  const of = (each: (day: { before: number; figures: Partial<PublishedFigures> }) => PublishedFigures) => {
    const establishments = Object.entries(days).map(([code, day]) => ({ code, name: code, ...each(day) }));
    const total = figures();
    for (const establishment of establishments) {
      for (const name of figureNames) total[name] += establishment[name];
    }
    return { establishments, total };
  };
  return {
    previous: of(({ before }) => figures({ backlog: before })),
    day: of((day) => figures(day.figures)),
    transfers,
    incomplete: 0,
  };
};

const sound = { opened: 10, resolved: 6, resolvedSameDay: 4, reopened: 1, cancelled: 1, merged: 1 };
const names = (balance: DayBalance) =>
  brokenInvariants(balance).map(({ invariant, establishment }) => `${invariant} ${establishment}`);

describe('the figures of a day', () => {
  it('add up where every ticket is accounted for', () => {
    expect(
      brokenInvariants(
        balanceOf({
          NIM: { before: 5, figures: { ...sound, transferredOut: 2, backlog: 6 } },
          MCQ: { before: 0, figures: { ...sound, transferredIn: 1, backlog: 4 } },
        }),
      ),
    ).toEqual([]);
  });

  it('begin with a backlog of zero at an establishment without an earlier day', () => {
    const first = balanceOf({ NIM: { before: 0, figures: { opened: 2, backlog: 2 } } });
    expect(brokenInvariants({ ...first, previous: { establishments: [], total: figures() } })).toEqual([]);
  });

  it.each([
    ['opened', 1],
    ['reopened', 1],
    ['transferredIn', 1],
    ['resolved', -1],
    ['cancelled', -1],
    ['merged', -1],
    ['transferredOut', -1],
  ] as const)('follow from the day before: one %s changes the backlog by %i', (figure, by) => {
    const day = { ...figures({ opened: 5, backlog: 15 }) };
    day[figure] += 1;
    expect(brokenInvariants(balanceOf({ NIM: { before: 10, figures: day } }))).toEqual([
      {
        invariant: 'backlog-follows-from-the-day-before',
        establishment: 'NIM',
        expected: 15 + by,
        actual: 15,
      },
      {
        invariant: 'backlog-follows-from-the-day-before',
        establishment: null,
        expected: 15 + by,
        actual: 15,
      },
    ]);
  });

  it('have no more tickets resolved on the same day than opened', () => {
    const day = { opened: 1, resolved: 1, resolvedSameDay: 2, backlog: 0 };
    expect(names(balanceOf({ NIM: { before: 0, figures: day } }))).toEqual([
      'resolved-same-day-within-opened NIM',
      'resolved-same-day-within-opened null',
    ]);
  });

  it('are checked for each establishment: one can’t make up for another', () => {
    expect(
      names(
        balanceOf({
          NIM: { before: 0, figures: { opened: 3, backlog: 3 } },
          MCQ: { before: 1, figures: { resolved: 1, resolvedSameDay: 1 } },
        }),
      ),
    ).toEqual(['resolved-same-day-within-opened MCQ']);
  });

  it.each(figureNames)('are never negative, as %s', (figure) => {
    const broken = names(balanceOf({ NIM: { before: 0, figures: { [figure]: -1 } } }));
    expect(broken).toEqual(
      expect.arrayContaining([`${figure}-not-negative NIM`, `${figure}-not-negative null`]),
    );
  });

  it('have a total that is the sum over the establishments', () => {
    const day = balanceOf({ NIM: { before: 0, figures: { opened: 2, backlog: 2 } } });
    day.day.total.merged = 0;
    day.day.total.opened = 3;
    expect(names(day)).toEqual(['backlog-follows-from-the-day-before null', 'total-of-opened null']);
  });

  it('have as many transfers in as out', () => {
    expect(brokenInvariants(balanceOf({}, { in: 4, out: 5 }))).toEqual([
      { invariant: 'transfers-balance', establishment: null, expected: 5, actual: 4 },
    ]);
  });

  it('have no tickets that could not be counted', () => {
    expect(brokenInvariants({ ...balanceOf({}), incomplete: 2 })).toEqual([
      { invariant: 'figures-are-whole', establishment: null, expected: 0, actual: 2 },
    ]);
  });

  it('add up for any establishments whose backlogs are the tickets in minus the tickets out', () => {
    const count = fc.integer({ min: 0, max: 1000 });
    const day = fc.record({ before: count, opened: count, sameDay: count, reopened: count, gone: count });
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('NIM', 'MCQ', 'OUT', 'BSL'), day), (days) => {
        const made = Object.fromEntries(
          Object.entries(days).map(([code, { before, opened, sameDay, reopened, gone }]) => {
            const resolved = Math.min(gone, before + opened + reopened);
            const backlog = before + opened + reopened - resolved;
            const resolvedSameDay = Math.min(sameDay, opened);
            return [code, { before, figures: { opened, resolved, resolvedSameDay, reopened, backlog } }];
          }),
        );
        expect(brokenInvariants(balanceOf(made))).toEqual([]);
      }),
    );
  });
});
