import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Pool } from 'pg';
import { paceMs, WakeUp } from './wake-up.js';

/** A connection whose notifications the test emits. */
class Connection extends EventEmitter {
  query = () => Promise.resolve({ rows: [] });
  release = () => undefined;
}

describe('readers of the log', () => {
  let connection: Connection;
  let wakeUp: WakeUp;
  beforeEach(async () => {
    jest.useFakeTimers();
    connection = new Connection();
    wakeUp = new WakeUp({ connect: () => Promise.resolve(connection) } as unknown as Pool, 'event_store');
    // A new LISTEN wakes all readers once, since earlier notifications are lost.
    while (wakeUp.count === 0) await jest.advanceTimersByTimeAsync(1);
    await jest.advanceTimersByTimeAsync(paceMs);
  });
  afterEach(async () => {
    await wakeUp.close();
    jest.useRealTimers();
  });

  const appended = () => connection.emit('notification', { payload: '' });
  const woken = async (signs: number): Promise<boolean> => {
    let awake = false;
    void wakeUp.since(signs, 10_000, new AbortController().signal).then(() => (awake = true));
    await jest.advanceTimersByTimeAsync(0);
    return awake;
  };

  it('are woken at once when none was woken lately', async () => {
    const { count: signs } = wakeUp;
    expect(await woken(signs)).toBe(false);
    appended();
    expect(await woken(signs)).toBe(true);
  });

  it('are woken once, at the end of the pace, for all notifications in between, and miss none', async () => {
    appended();
    const { count: signs } = wakeUp;
    for (let count = 0; count < 100; count += 1) appended();
    expect(wakeUp.count).toBe(signs);
    expect(await woken(signs)).toBe(false);
    await jest.advanceTimersByTimeAsync(paceMs);
    expect(wakeUp.count).toBe(signs + 1);
    expect(await woken(signs)).toBe(true);
  });

  it('stop waiting when the wake-up closes, even with a notification pending', async () => {
    appended();
    appended();
    const { count: signs } = wakeUp;
    await wakeUp.close();
    expect(await woken(signs)).toBe(true);
    expect(jest.getTimerCount()).toBe(0);
  });
});
