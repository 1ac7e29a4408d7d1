import { describe, expect, it } from '@jest/globals';
import { EndOfLog } from './end-of-log.js';

const logAt = (end: bigint) => {
  const log = { end, looks: 0, fails: false };
  const lastPosition = async () => {
    log.looks += 1;
    await Promise.resolve();
    if (log.fails) throw new Error('away');
    return log.end;
  };
  return { log, endOfLog: new EndOfLog({ lastPosition }) };
};

describe('the end of a log', () => {
  it('is looked at as often for three hundred who wait as for one', async () => {
    const looks = async (waiting: number): Promise<number> => {
      const { log, endOfLog } = logAt(1n);
      const answers = await Promise.all(
        Array.from({ length: waiting }, () => endOfLog.waitForPosition(9n, 300)),
      );
      expect(new Set(answers)).toEqual(new Set([false]));
      return log.looks;
    };
    // One at once, and one each 20 ms: never more, however slow the machine is.
    for (const waiting of [1, 300]) expect(await looks(waiting)).toBeLessThanOrEqual(2 + 300 / 20);
  });

  it('is told at once where the log holds the position, beside those that wait in vain', async () => {
    const { log, endOfLog } = logAt(5n);
    const inVain = endOfLog.waitForPosition(9n, 200);
    expect(await endOfLog.waitForPosition(5n, 0)).toBe(true);
    expect(await inVain).toBe(false);
    log.end = 4n;
    expect(await endOfLog.waitForPosition(5n, 0)).toBe(false);
  });

  it('wakes who waits when it gets there, and fails them where it can’t be looked at', async () => {
    const { log, endOfLog } = logAt(1n);
    const waited = endOfLog.waitForPosition(2n, 60_000);
    log.end = 2n;
    expect(await waited).toBe(true);
    log.fails = true;
    await expect(endOfLog.waitForPosition(3n, 60_000)).rejects.toThrow('away');
  });
});
