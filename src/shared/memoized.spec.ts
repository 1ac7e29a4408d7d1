import { describe, expect, it, jest } from '@jest/globals';
import { memoized } from './memoized.js';

describe('a memoized function', () => {
  it('makes something of each value once, also of undefined', () => {
    const make = jest.fn((value: string | undefined) => ({ value }));
    const made = memoized(make);
    expect(made('a')).toBe(made('a'));
    expect(made(undefined)).toBe(made(undefined));
    expect(made('a')).not.toBe(made('b'));
    expect(make.mock.calls).toEqual([['a'], [undefined], ['b']]);
  });
});
