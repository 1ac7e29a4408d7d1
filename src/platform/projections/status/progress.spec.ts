import { describe, expect, it } from '@jest/globals';
import { Progress } from './progress.js';

const soon = 5;
const late = 60_000;

describe('waiting for a position', () => {
  it('ends at once when the position is reached already', async () => {
    const progress = new Progress();
    progress.advance(7n);
    expect(await progress.waitForPosition(7n, 0)).toBe(true);
    expect(await progress.waitForPosition(0n, 0)).toBe(true);
  });

  it('ends when the position is reached, for those who wait for it or for less', async () => {
    const progress = new Progress();
    const settled: string[] = [];
    const waiting = [3n, 5n, 9n].map(async (position) => {
      const reached = await progress.waitForPosition(position, position === 9n ? soon : late);
      settled.push(`${position} ${reached}`);
    });
    progress.advance(2n);
    progress.advance(5n);
    await Promise.all(waiting);
    expect(settled).toEqual(['3 true', '5 true', '9 false']);
  });

  it('is not undone by a notification that comes late', async () => {
    const progress = new Progress();
    progress.advance(9n);
    progress.advance(4n);
    expect(await progress.waitForPosition(9n, soon)).toBe(true);
  });

  it('ends with false when the time is over', async () => {
    expect(await new Progress().waitForPosition(1n, soon)).toBe(false);
  });
});

describe('whether a position advanced lately', () => {
  it('depends on the time given', () => {
    const progress = new Progress();
    expect(progress.advancedWithin(late)).toBe(false);
    progress.advance(1n);
    expect(progress.advancedWithin(late)).toBe(true);
    expect(progress.advancedWithin(-1)).toBe(false);
  });
});
