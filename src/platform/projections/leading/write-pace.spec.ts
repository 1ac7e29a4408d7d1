import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { WritePace } from './write-pace.js';

const never = new AbortController().signal;

describe('the pace at which projections write', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  const settled = async (rests: readonly Promise<void>[]): Promise<boolean[]> => {
    const states = rests.map(() => false);
    rests.forEach((rest, index) => void rest.then(() => (states[index] = true)));
    await jest.advanceTimersByTimeAsync(0);
    return states;
  };

  it('lets all that have caught up read on at the same moment', async () => {
    const pace = new WritePace();
    const first = pace.rest(never);
    await jest.advanceTimersByTimeAsync(60);
    const second = pace.rest(never);
    expect(await settled([first, second])).toEqual([false, false]);
    await jest.advanceTimersByTimeAsync(40);
    expect(await settled([first, second])).toEqual([true, true]);
  });

  it('is without rest from when somebody waits, for a while', async () => {
    const pace = new WritePace();
    const resting = pace.rest(never);
    expect(pace.isAwaited).toBe(false);
    pace.awaited();
    expect(pace.isAwaited).toBe(true);
    expect(await settled([resting, pace.rest(never)])).toEqual([true, true]);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(pace.isAwaited).toBe(false);
    expect(await settled([pace.rest(never)])).toEqual([false]);
  });

  it('keeps nobody who is stopped', async () => {
    const pace = new WritePace();
    const stopping = new AbortController();
    const resting = pace.rest(stopping.signal);
    const other = pace.rest(never);
    stopping.abort();
    expect(await settled([resting, other, pace.rest(stopping.signal)])).toEqual([true, false, true]);
  });
});
