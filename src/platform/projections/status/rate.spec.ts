import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Rate } from './rate.js';

describe('the rate', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('is 0 when nothing was counted', () => {
    const rate = new Rate();
    jest.advanceTimersByTime(1_000);
    expect(rate.perSecond()).toBe(0);
  });

  it('is over the time since the start when that is shorter than the window', () => {
    const rate = new Rate();
    rate.add(100);
    jest.advanceTimersByTime(2_000);
    rate.add(300);
    expect(rate.perSecond()).toBe(200);
  });

  it('forgets what is older than five seconds', () => {
    const rate = new Rate();
    rate.add(1_000_000);
    jest.advanceTimersByTime(5_001);
    rate.add(50);
    expect(rate.perSecond()).toBe(10);
    jest.advanceTimersByTime(5_001);
    expect(rate.perSecond()).toBe(0);
  });
});
