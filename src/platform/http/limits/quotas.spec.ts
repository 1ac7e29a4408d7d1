import { describe, expect, it } from '@jest/globals';
import { ConcurrencyQuota, ByteQuota } from './quotas.js';

describe('what a caller has at once', () => {
  it('is bounded for each caller, and free again when it ends', () => {
    const live = new ConcurrencyQuota(2);
    expect([live.enter('a'), live.enter('a'), live.enter('a'), live.enter('b')]).toEqual([
      true,
      true,
      false,
      true,
    ]);
    live.leave('a');
    expect([live.enter('a'), live.enter('a')]).toEqual([true, false]);
  });
});

describe('the bytes a caller sends', () => {
  it('are bounded in each window, and counted anew in the next', () => {
    const sent = new ByteQuota(100, 1_000);
    expect([
      sent.add('a', 60, 0),
      sent.add('a', 40, 500),
      sent.add('a', 1, 600),
      sent.add('b', 100, 600),
    ]).toEqual([0, 0, 400, 0]);
    expect(sent.add('a', 100, 1_000)).toBe(0);
  });

  it('may be more than all of it where it is one body, which has a bound of its own', () => {
    expect(new ByteQuota(100, 1_000).add('a', 200, 0)).toBe(0);
  });
});
