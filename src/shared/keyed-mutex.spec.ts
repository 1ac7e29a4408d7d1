import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { KeyedMutex } from './keyed-mutex.js';

const turnsOf = (maxWaitMs: number) => new KeyedMutex(maxWaitMs, () => new Error('late'));

describe('turns', () => {
  it('are taken in the order asked for, each once the one before is over', async () => {
    const turns = turnsOf(60_000);
    const told: string[] = [];
    const work = (name: string, ms: number) => async () => {
      told.push(`${name} begins`);
      await sleep(ms);
      told.push(`${name} ends`);
      return name;
    };
    const all = [
      turns.take('one', work('a', 20)),
      turns.take('one', work('b', 0)),
      turns.take('one', work('c', 5)),
    ];
    expect(await Promise.all(all)).toEqual(['a', 'b', 'c']);
    expect(told).toEqual(['a', 'b', 'c'].flatMap((name) => [`${name} begins`, `${name} ends`]));
  });

  it('do not wait for others', async () => {
    const turns = turnsOf(60_000);
    let release: () => void = () => undefined;
    const held = turns.take('one', () => new Promise<void>((resolve) => (release = resolve)));
    expect(await turns.take('another', () => Promise.resolve('done'))).toBe('done');
    release();
    await held;
  });

  it('go on after one that failed', async () => {
    const turns = turnsOf(60_000);
    const failed = turns.take('one', () => Promise.reject(new Error('no')));
    const next = turns.take('one', () => Promise.resolve('done'));
    await expect(failed).rejects.toThrow('no');
    expect(await next).toBe('done');
    expect(await turns.take('one', () => Promise.resolve('again'))).toBe('again');
  });

  it('are waited for no longer than said, and the work is then left undone', async () => {
    const turns = turnsOf(20);
    let release: () => void = () => undefined;
    const held = turns.take('one', () => new Promise<void>((resolve) => (release = resolve)));
    let done = 0;
    const work = () => Promise.resolve((done += 1));
    await expect(turns.take('one', work)).rejects.toThrow('late');
    expect(done).toBe(0);
    // What holds it up does not hold up those who come later.
    expect(await turns.take('one', work)).toBe(1);
    release();
    await held;
  });
});
