import { describe, expect, it } from '@jest/globals';
import { backoffMs } from './backoff.js';

const waits = (failures: readonly number[]) =>
  failures.map((count) => backoffMs({ firstMs: 100, maxMs: 5_000 }, count));

describe('the backoff of retries', () => {
  it('doubles the wait after each failure, beginning with the first wait', () => {
    expect(waits([1, 2, 3, 4])).toEqual([100, 200, 400, 800]);
  });

  it('never exceeds the maximum wait, however many failures there were', () => {
    expect(waits([6, 7, 100, 10_000])).toEqual([3_200, 5_000, 5_000, 5_000]);
  });
});
