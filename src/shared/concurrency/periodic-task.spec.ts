import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { PeriodicTask } from './periodic-task.js';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

describe('a periodic task', () => {
  let ended: (() => void)[];
  let runs: number;
  const errors: unknown[] = [];
  const task = () => {
    [ended, runs] = [[], 0];
    return new PeriodicTask(
      () => {
        runs += 1;
        return new Promise<void>((resolve) => ended.push(resolve));
      },
      { pauseMs: 1_000, onError: (error) => errors.push(error) },
    );
  };

  it('runs at once, and again after the pause', async () => {
    const periodic = task();
    periodic.start();
    expect(runs).toBe(1);
    ended[0]!();
    await jest.advanceTimersByTimeAsync(999);
    expect(runs).toBe(1);
    await jest.advanceTimersByTimeAsync(1);
    expect(runs).toBe(2);
  });

  it('never runs twice at a time', async () => {
    task().start();
    await jest.advanceTimersByTimeAsync(60_000);
    expect(runs).toBe(1);
  });

  it('goes on after a failure', async () => {
    let attempts = 0;
    const failing = () => Promise.reject(new Error(`attempt ${(attempts += 1)}`));
    new PeriodicTask(failing, { pauseMs: 1_000, onError: (error) => errors.push(error) }).start();
    await jest.advanceTimersByTimeAsync(1_000);
    expect(errors.map(String)).toEqual(['Error: attempt 1', 'Error: attempt 2']);
  });

  it('has stopped once the run at hand has ended', async () => {
    const periodic = task();
    periodic.start();
    let hasStopped = false;
    const stopped = periodic.stop().then(() => {
      hasStopped = true;
    });
    await jest.advanceTimersByTimeAsync(60_000);
    expect(hasStopped).toBe(false);
    ended[0]!();
    await stopped;
    await jest.advanceTimersByTimeAsync(60_000);
    expect(runs).toBe(1);
  });
});
