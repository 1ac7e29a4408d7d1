import { describe, expect, it } from '@jest/globals';
import { compare, complaintsOf, renewed } from './compare.mjs';
import { render } from './report.mjs';

const list = { what: 'http: list / find', ratio: 2, aim: 5 };
const append = { what: 'store: append / Emmett', ratio: 12, aim: 10 };

const complaints = (ratio: number, before: number) =>
  complaintsOf(compare([{ ...list, ratio }], { [list.what]: before }, ['http']));

describe('a ratio beside its baseline', () => {
  it('is complained of once it has fallen by more than a fifth', () => {
    expect(complaints(4, 5)).toEqual([]);
    expect(complaints(3.99, 5)).toEqual(['http: list / find: 3.99, 20 % below 5.00']);
    expect(complaints(1.5, 5)).toEqual(['http: list / find: 1.50, 70 % below 5.00']);
  });

  it('may rise, and may miss its aim', () => {
    expect(complaints(50, 5)).toEqual([]);
    expect(complaints(2, 2)).toEqual([]);
  });

  it('is not complained of when it is new', () => {
    expect(complaintsOf(compare([list], {}, ['http']))).toEqual([]);
  });

  it('is complained of when it was not measured, or is no number', () => {
    const baseline = { [list.what]: 2, [append.what]: 12 };
    expect(complaintsOf(compare([append], baseline, ['store', 'http']))).toEqual([
      'http: list / find: not measured',
    ]);
    expect(complaints(Number.NaN, 2)).toEqual(['http: list / find: not measured']);
  });

  it('is of no concern when its part was not run', () => {
    const baseline = { [list.what]: 2, [append.what]: 12 };
    expect(compare([append], baseline, ['store'])).toEqual([{ ...append, before: 12, change: 0 }]);
  });
});

describe('a baseline that is written anew', () => {
  it('keeps the parts that were not run, and drops what is no longer measured', () => {
    const baseline = { [list.what]: 2, [append.what]: 9, 'store: gone': 1 };
    expect(renewed([{ ...append, ratio: 12.3456 }], baseline, ['store'])).toEqual({
      [list.what]: 2,
      [append.what]: 12.3,
    });
  });
});

describe('the table of ratios', () => {
  it('says of each what it is now, what it was, by how much it changed, and whether its aim is met', () => {
    const fresh = { what: 'desk: search / a ticket', ratio: 0.0456 };
    const missing = { [list.what]: 2.5, [append.what]: 10, 'http: sync': 3 };
    expect(render(compare([list, append, fresh], missing, ['store', 'http', 'desk']))).toBe(
      [
        '|  | now | baseline | change | aim |',
        '| --- | --: | --: | --: | --: |',
        '| http: list / find | 2.00 | 2.50 | −20 % | 5, not met |',
        '| store: append / Emmett | 12.0 | 10.0 | +20 % | 10, met |',
        '| desk: search / a ticket | 0.0456 |  |  |  |',
        '| http: sync |  | 3.00 |  |  |',
      ].join('\n'),
    );
  });
});
