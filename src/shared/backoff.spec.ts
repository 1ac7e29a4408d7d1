import { describe, expect, it } from '@jest/globals';
import { backoffMs } from './backoff.js';

const waits = (failures: readonly number[]) =>
  failures.map((count) => backoffMs({ firstMs: 100, maxMs: 5_000 }, count));

describe('backing off', () => {
  it('waits twice as long after each failure, from the first wait on', () => {
    expect(waits([1, 2, 3, 4])).toEqual([100, 200, 400, 800]);
  });

  it('never waits longer than the longest wait, however often it failed', () => {
    expect(waits([6, 7, 100, 10_000])).toEqual([3_200, 5_000, 5_000, 5_000]);
  });
});
