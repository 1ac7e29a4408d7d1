import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { KeyedMutex } from './keyed-mutex.js';

const mutexWith = (maxWaitMs: number) => new KeyedMutex(maxWaitMs, () => new Error('late'));

describe('a keyed mutex', () => {
  it('runs the work of a key in order, each once the one before is over', async () => {
    const mutex = mutexWith(60_000);
    const log: string[] = [];
    const work = (name: string, ms: number) => async () => {
      log.push(`${name} begins`);
      await sleep(ms);
      log.push(`${name} ends`);
      return name;
    };
    const all = [
      mutex.take('a key', work('a', 20)),
      mutex.take('a key', work('b', 0)),
      mutex.take('a key', work('c', 5)),
    ];
    expect(await Promise.all(all)).toEqual(['a', 'b', 'c']);
    expect(log).toEqual(['a', 'b', 'c'].flatMap((name) => [`${name} begins`, `${name} ends`]));
  });

  it('does not make the work of a key wait for another key', async () => {
    const mutex = mutexWith(60_000);
    let release: () => void = () => undefined;
    const held = mutex.take('a key', () => new Promise<void>((resolve) => (release = resolve)));
    expect(await mutex.take('another key', () => Promise.resolve('done'))).toBe('done');
    release();
    await held;
  });

  it('goes on after work that failed', async () => {
    const mutex = mutexWith(60_000);
    const failed = mutex.take('a key', () => Promise.reject(new Error('no')));
    const next = mutex.take('a key', () => Promise.resolve('done'));
    await expect(failed).rejects.toThrow('no');
    expect(await next).toBe('done');
    expect(await mutex.take('a key', () => Promise.resolve('again'))).toBe('again');
  });

  it('gives up waiting after the maximum wait, and leaves the work undone', async () => {
    const mutex = mutexWith(20);
    let release: () => void = () => undefined;
    const held = mutex.take('a key', () => new Promise<void>((resolve) => (release = resolve)));
    let done = 0;
    const work = () => Promise.resolve((done += 1));
    await expect(mutex.take('a key', work)).rejects.toThrow('late');
    expect(done).toBe(0);
    // Work that comes later no longer waits for what blocked the first.
    expect(await mutex.take('a key', work)).toBe(1);
    release();
    await held;
  });
});
