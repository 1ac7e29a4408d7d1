import { describe, expect, it } from '@jest/globals';
import { mapLimit } from './map-limit.js';

/** A handler of numbers that ends when it is told to, and records which it has begun. */
const held = () => {
  const begun: number[] = [];
  const waiting = new Map<number, { resolve: (text: string) => void; reject: (error: Error) => void }>();
  const handle = (entry: number) =>
    new Promise<string>((resolve, reject) => {
      begun.push(entry);
      waiting.set(entry, { resolve, reject });
    });
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  return {
    ...{ begun, handle },
    done: (entry: number) => (waiting.get(entry)?.resolve(`did ${entry}`), settled()),
    failed: (entry: number) => (waiting.get(entry)?.reject(new Error(`failed ${entry}`)), settled()),
  };
};

describe('mapping with a limit', () => {
  it('takes the next entry as soon as one is done, and gives the results in the order of the entries', async () => {
    const { begun, handle, done } = held();
    const all = mapLimit(2, [1, 2, 3], handle);
    expect(begun).toEqual([1, 2]);
    await done(2);
    expect(begun).toEqual([1, 2, 3]);
    await done(3);
    await done(1);
    expect(await all).toEqual(['did 1', 'did 2', 'did 3']);
  });

  it('begins no further entry once one has failed', async () => {
    const { begun, handle, done, failed } = held();
    const all = expect(mapLimit(2, [1, 2, 3], handle)).rejects.toThrow('failed 1');
    await failed(1);
    await done(2);
    await all;
    expect(begun).toEqual([1, 2]);
  });

  it('gives no results for no entries', async () => {
    expect(await mapLimit(2, [], () => Promise.reject(new Error('there is none')))).toEqual([]);
  });
});
