import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { Turns } from './turns.js';

describe('turns', () => {
  it('are taken in the order asked for, each once the one before is over', async () => {
    const turns = new Turns();
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
    const turns = new Turns();
    let release: () => void = () => undefined;
    const held = turns.take('one', () => new Promise<void>((resolve) => (release = resolve)));
    expect(await turns.take('another', () => Promise.resolve('done'))).toBe('done');
    release();
    await held;
  });

  it('go on after one that failed', async () => {
    const turns = new Turns();
    const failed = turns.take('one', () => Promise.reject(new Error('no')));
    const next = turns.take('one', () => Promise.resolve('done'));
    await expect(failed).rejects.toThrow('no');
    expect(await next).toBe('done');
    expect(await turns.take('one', () => Promise.resolve('again'))).toBe('again');
  });
});
