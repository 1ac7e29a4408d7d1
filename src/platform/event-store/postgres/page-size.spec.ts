import { describe, expect, it } from '@jest/globals';
import { PageSize } from './page-size.js';

describe('the size of the next page', () => {
  it('grows to the maximum where events are short', () => {
    const size = new PageSize(2_000);
    const sizes = [1, 2, 3].map(() => {
      const { next } = size;
      size.learn(next, 500 * next);
      return next;
    });
    expect(sizes).toEqual([100, 800, 2_000]);
  });

  it('shrinks where events are long, and grows again', () => {
    const size = new PageSize(2_000);
    size.learn(100, 100 * 40_000);
    expect(size.next).toBe(50);
    size.learn(4, 4_000_000);
    expect(size.next).toBe(2);
    size.learn(2, 1_000);
    expect(size.next).toBe(16);
  });

  it('is one event at least, and the maximum at most', () => {
    const size = new PageSize(1);
    expect(size.next).toBe(1);
    size.learn(1, 100_000_000);
    expect(size.next).toBe(1);
    size.learn(0, 0);
    expect(size.next).toBe(1);
  });
});
