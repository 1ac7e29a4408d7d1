import { describe, expect, it } from '@jest/globals';
import { OverlappingReads } from './overlapping-reads.js';

const held = <Value>() => {
  let finish: (value: Value) => void = () => undefined;
  const read = new Promise<Value>((resolve) => (finish = resolve));
  return { read: () => read, finish };
};

describe('overlapping reads', () => {
  it('gives nothing of a read that one which began later has overtaken', async () => {
    const reads = new OverlappingReads();
    const [earlier, later] = [held<string>(), held<string>()];
    const [first, second] = [reads.newest(earlier.read), reads.newest(later.read)];
    later.finish('locked');
    expect(await second).toBe('locked');
    earlier.finish('unlocked');
    expect(await first).toBeUndefined();
  });

  it('gives each of the reads that end in their order', async () => {
    const reads = new OverlappingReads();
    const [earlier, later] = [held<string>(), held<string>()];
    const [first, second] = [reads.newest(earlier.read), reads.newest(later.read)];
    earlier.finish('one');
    expect(await first).toBe('one');
    later.finish('two');
    expect(await second).toBe('two');
  });

  it('is not held up by a read that failed', async () => {
    const reads = new OverlappingReads();
    await expect(reads.newest(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await reads.newest(() => Promise.resolve('yes'))).toBe('yes');
  });
});
