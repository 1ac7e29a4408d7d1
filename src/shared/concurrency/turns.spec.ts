import { describe, expect, it } from '@jest/globals';
import { Turns } from './turns.js';

describe('turns', () => {
  it('are taken in order, and leave room for others between', async () => {
    const turns = new Turns();
    const order: string[] = [];
    const work = async (name: string) => {
      await turns.take();
      order.push(name);
      setImmediate(() => order.push('others'));
    };
    await Promise.all(['one', 'two', 'three'].map(work));
    expect(order).toEqual(['one', 'others', 'two', 'others', 'three']);
  });
});
