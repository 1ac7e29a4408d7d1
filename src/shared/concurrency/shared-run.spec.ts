import { describe, expect, it } from '@jest/globals';
import { SharedRun } from './shared-run.js';

/** Work whose runs end when they are told to; each resolves to its number, from 1 on. */
const held = () => {
  const runs: { resolve: (number: number) => void; reject: (error: Error) => void }[] = [];
  const shared = new SharedRun(
    () => new Promise<number>((resolve, reject) => runs.push({ resolve, reject })),
  );
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  return {
    shared,
    begun: () => runs.length,
    end: (number: number) => (runs[number - 1]?.resolve(number), settled()),
    fail: (number: number) => (runs[number - 1]?.reject(new Error(`run ${number}`)), settled()),
  };
};

describe('a shared run', () => {
  it('is begun after whoever shares it has asked', async () => {
    const { shared, begun, end } = held();
    const first = shared.run();
    const others = [shared.run(), shared.run()];
    expect(begun()).toBe(1);
    await end(1);
    expect([await first, begun()]).toEqual([1, 2]);
    const last = shared.run();
    await end(2);
    expect(await Promise.all(others)).toEqual([2, 2]);
    await end(3);
    expect(await last).toBe(3);
  });

  it('begins at once where none is under way', async () => {
    const { shared, begun, end } = held();
    const first = shared.run();
    await end(1);
    await first;
    const second = shared.run();
    expect(begun()).toBe(2);
    await end(2);
    expect(await second).toBe(2);
  });

  it('fails for those who share it alone', async () => {
    const { shared, end, fail } = held();
    const first = expect(shared.run()).rejects.toThrow('run 1');
    const second = shared.run();
    await fail(1);
    await first;
    await end(2);
    expect(await second).toBe(2);
  });
});
