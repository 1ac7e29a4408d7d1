import { describe, expect, it } from '@jest/globals';
import { leftOut } from './left-out.js';

describe('a field that a reader does not need', () => {
  it('is left out at the top level and below', () => {
    const data = { title: 'a', note: 'b', resolution: { code: 'fixed', note: 'c' } };
    expect(leftOut(data, ['note', 'resolution.note'])).toEqual({ title: 'a', resolution: { code: 'fixed' } });
    expect(data.resolution.note).toBe('c');
  });

  it.each([[{ title: 'a' }], [{ resolution: 'none' }], [{ resolution: null }]])(
    'may be missing from the data: %j',
    (data) => {
      expect(leftOut(data, ['note', 'resolution.note'])).toEqual(data);
    },
  );
});
