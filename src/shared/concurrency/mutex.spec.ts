import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { Mutex } from './mutex.js';

describe('work that runs one at a time', () => {
  it('begins once what came before is over, well or not, and settles as it does', async () => {
    const mutex = new Mutex();
    const log: string[] = [];
    const work = (name: string, outcome: () => string) => async () => {
      log.push(`${name} begins`);
      await setImmediate();
      log.push(`${name} ends`);
      return outcome();
    };
    const failing = (): string => {
      throw new Error('two');
    };
    const all = [
      mutex.run(work('one', () => '1')),
      mutex.run(work('two', failing)),
      mutex.run(work('three', () => '3')),
    ];
    expect(await Promise.allSettled(all)).toEqual([
      { status: 'fulfilled', value: '1' },
      { status: 'rejected', reason: new Error('two') },
      { status: 'fulfilled', value: '3' },
    ]);
    expect(log).toEqual(['one', 'two', 'three'].flatMap((name) => [`${name} begins`, `${name} ends`]));
  });
});
