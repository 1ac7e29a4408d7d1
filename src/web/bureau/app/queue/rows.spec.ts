import { describe, expect, it } from '@jest/globals';
import {
  afterChange,
  keptCurrent,
  moved,
  noRows,
  reconciled,
  toggled,
  withoutRow,
  withPage,
} from './rows.js';

const rows = withPage(noRows, ['a', 'b', 'c'], 'next');

describe('the rows of a queue', () => {
  it('show a ticket once that moved between two pages', () => {
    expect(withPage(rows, ['c', 'd'], null)).toMatchObject({ ids: ['a', 'b', 'c', 'd'], nextCursor: null });
  });

  it('stay where they are when a ticket leaves the queue, which is only marked', () => {
    const changed = afterChange(rows, 'b', false);
    expect(changed.ids).toEqual(rows.ids);
    expect([...changed.left]).toEqual(['b']);
    expect([...afterChange(changed, 'b', true).left]).toEqual([]);
  });

  it('count a ticket that comes, until it goes again', () => {
    const arrived = afterChange(rows, 'x', true);
    expect([arrived.ids, [...arrived.arrived]]).toEqual([rows.ids, ['x']]);
    expect([...afterChange(arrived, 'x', false).arrived]).toEqual([]);
  });

  it('do not move when the list is read behind them: what came and what left is told', () => {
    const changed = reconciled(rows, ['x', 'a', 'c'], true);
    expect(changed.ids).toEqual(rows.ids);
    expect([[...changed.arrived], [...changed.left]]).toEqual([['x'], ['b']]);
  });

  it('are without a ticket that may not be read here any more', () => {
    expect(withoutRow(rows, 'b').ids).toEqual(['a', 'c']);
  });

  it('do not change where only the server knows', () => {
    expect(afterChange(rows, 'x', undefined)).toBe(rows);
  });
});

describe('the current row', () => {
  it('goes on by one, begins at the first, and stops at the ends', () => {
    expect(moved(rows, undefined, 1)).toBe('a');
    expect(moved(rows, 'a', 1)).toBe('b');
    expect(moved(rows, 'c', 1)).toBe('c');
    expect(moved(rows, 'a', -1)).toBe('a');
    expect(moved(noRows, undefined, 1)).toBeUndefined();
  });

  it('stays the same ticket when the list is read again, else the next one that is left', () => {
    expect(keptCurrent(['a', 'b', 'c'], ['x', 'a', 'b'], 'b')).toBe('b');
    expect(keptCurrent(['a', 'b', 'c'], ['a', 'c'], 'b')).toBe('c');
    expect(keptCurrent(['a', 'b'], ['a'], 'b')).toBe('a');
    expect(keptCurrent(['a'], [], 'a')).toBeUndefined();
  });
});

describe('a selection', () => {
  it('takes a row in and out', () => {
    const one = toggled(new Set(), rows.ids, { id: 'b' });
    expect([...one]).toEqual(['b']);
    expect([...toggled(one, rows.ids, { id: 'b' })]).toEqual([]);
  });

  it('takes in all rows between two, in either direction', () => {
    expect([...toggled(new Set(['c']), rows.ids, { id: 'a', from: 'c' })].sort()).toEqual(['a', 'b', 'c']);
  });
});
