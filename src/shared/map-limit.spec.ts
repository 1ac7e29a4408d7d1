import { describe, expect, it } from '@jest/globals';
import { mapLimit } from './map-limit.js';

/** Handles numbers as they are let go, and keeps in mind which were begun. */
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

describe('handling so many at once', () => {
  it('takes the next one as soon as one is done, and gives what they came to in their order', async () => {
    const { begun, handle, done } = held();
    const all = mapLimit(2, [1, 2, 3], handle);
    expect(begun).toEqual([1, 2]);
    await done(2);
    expect(begun).toEqual([1, 2, 3]);
    await done(3);
    await done(1);
    expect(await all).toEqual(['did 1', 'did 2', 'did 3']);
  });

  it('begins no other once one has failed', async () => {
    const { begun, handle, done, failed } = held();
    const all = expect(mapLimit(2, [1, 2, 3], handle)).rejects.toThrow('failed 1');
    await failed(1);
    await done(2);
    await all;
    expect(begun).toEqual([1, 2]);
  });

  it('comes to nothing for nothing', async () => {
    expect(await mapLimit(2, [], () => Promise.reject(new Error('there is none')))).toEqual([]);
  });
});
