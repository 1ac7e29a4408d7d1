import { describe, expect, it } from '@jest/globals';
import { figureNames, type PublishedFigures, brokenInvariants } from '../../../bulletins/index.js';
import { brokenIn, rules } from './rules.js';

const all = (value: number): PublishedFigures =>
  Object.fromEntries(figureNames.map((name) => [name, value])) as PublishedFigures;
const known = (total: PublishedFigures, establishment: PublishedFigures) => ({
  total,
  establishments: [{ code: 'NIM', name: 'N', ...establishment }],
});

describe('the rules shown before publication', () => {
  it('cover every invariant that figures can break', () => {
    const broken = brokenInvariants({
      day: known(all(-1), { ...all(-2), opened: -3 }),
      previous: known(all(0), all(7)),
      transfers: { in: 1, out: 2 },
      incomplete: 1,
    });
    const invariants = new Set(broken.map(({ invariant }) => invariant));
    expect(invariants.size).toBe(2 * figureNames.length + 4);
    expect([...invariants].filter((name) => !rules.some((rule) => rule.invariants.includes(name)))).toEqual(
      [],
    );
    expect(rules.map((rule) => brokenIn(rule, broken).length > 0)).toEqual(rules.map(() => true));
  });
});
