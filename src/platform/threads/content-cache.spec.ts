import { beforeEach, describe, expect, it } from '@jest/globals';
import { ContentCache } from './content-cache.js';

describe('a cache of what was made of contents', () => {
  let cache: ContentCache<string>;
  let made: string[];
  const never = () => false;
  const always = () => true;
  const get = (name: string, bytes = 40) =>
    cache.of(
      { name },
      () => {
        made.push(name);
        return Promise.resolve('x'.repeat(bytes));
      },
      never,
    );
  const fail = (isLasting: () => boolean) =>
    cache.of(
      { name: 'bad' },
      () => {
        made.push('bad');
        return Promise.reject(new Error('too costly'));
      },
      isLasting,
    );

  beforeEach(() => {
    cache = new ContentCache(100, 10);
    made = [];
  });

  it('makes the same content once, also while it is being made', async () => {
    await Promise.all([get('a'), get('a')]);
    await get('a');
    expect(made).toEqual(['a']);
  });

  it('drops what was used least recently when there are too many bytes', async () => {
    await get('a');
    await get('b');
    await get('a');
    await get('c');
    await get('a');
    await get('b');
    expect(made).toEqual(['a', 'b', 'c', 'b']);
  });

  it('keeps nothing that is larger than all it may hold', async () => {
    await get('large', 101);
    await get('large', 101);
    expect(made).toEqual(['large', 'large']);
  });

  it.each([
    ['makes again what failed', never, ['bad', 'bad']],
    ['keeps a failure that lasts', always, ['bad']],
  ])('%s', async (_, isLasting, expected) => {
    await expect(fail(isLasting)).rejects.toThrow('too costly');
    await expect(fail(isLasting)).rejects.toThrow('too costly');
    expect(made).toEqual(expected);
  });
});
