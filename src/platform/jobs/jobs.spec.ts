import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Jobs } from './jobs.js';

beforeEach(() => {
  jest.useFakeTimers({ now: 1_000_000 });
});
afterEach(() => {
  jest.useRealTimers();
});

describe('the jobs of a process', () => {
  const jobOf = (run: () => Promise<unknown>) => {
    const jobs = new Jobs();
    const task = jobs.periodic('retention', run, { pauseMs: 60_000, onError: () => undefined });
    return { task, status: () => jobs.statuses()[0]! };
  };

  it('are off until they are started', () => {
    expect(jobOf(() => Promise.resolve()).status()).toMatchObject({
      ...{ name: 'retention', state: 'off', failures: 0 },
      ...{ lastEndedAt: undefined, nextAt: undefined, lastFailure: undefined },
    });
  });

  it('say when they ran, and when they run next', async () => {
    let end: () => void = () => undefined;
    const { task, status } = jobOf(() => new Promise<void>((resolve) => (end = resolve)));
    task.start();
    expect(status()).toMatchObject({ state: 'running', nextAt: undefined });
    await jest.advanceTimersByTimeAsync(2_000);
    end();
    await jest.advanceTimersByTimeAsync(0);
    expect(status()).toMatchObject({
      ...{ state: 'done', lastEndedAt: 1_002_000, lastDoneAt: 1_002_000, nextAt: 1_062_000 },
    });
  });

  it('keep their last failure, in one line without what people wrote, after runs that went well', async () => {
    let fails = true;
    const run = () =>
      fails ? Promise.reject(new Error('514 555-1234\n  is away')) : Promise.resolve('anything');
    const { task, status } = jobOf(run);
    task.start();
    await jest.advanceTimersByTimeAsync(0);
    expect(status()).toMatchObject({ state: 'failed', failures: 1, lastDoneAt: undefined });
    fails = false;
    await jest.advanceTimersByTimeAsync(60_000);
    expect(status()).toMatchObject({ state: 'done', failures: 1, lastDoneAt: 1_060_000 });
    expect(status().lastFailure).toEqual({ at: 1_000_000, message: '•••-•••-•••• is away' });
  });

  it('say that another process was at it', async () => {
    const { task, status } = jobOf(() => Promise.resolve('elsewhere'));
    task.start();
    await jest.advanceTimersByTimeAsync(0);
    expect(status()).toMatchObject({ state: 'elsewhere', lastEndedAt: 1_000_000, lastDoneAt: undefined });
  });

  it('have no next run once they are stopped', async () => {
    const { task, status } = jobOf(() => Promise.resolve());
    task.start();
    await task.stop();
    expect(status().nextAt).toBeUndefined();
  });
});
