import { describe, expect, it } from '@jest/globals';
import { leftOut } from './left-out.js';

describe('what a reader can do without', () => {
  it('is left out at the top and below', () => {
    const data = { title: 'a', note: 'b', resolution: { code: 'fixed', note: 'c' } };
    expect(leftOut(data, ['note', 'resolution.note'])).toEqual({ title: 'a', resolution: { code: 'fixed' } });
    expect(data.resolution.note).toBe('c');
  });

  it.each([[{ title: 'a' }], [{ resolution: 'none' }], [{ resolution: null }]])(
    'may not be there: %j',
    (data) => {
      expect(leftOut(data, ['note', 'resolution.note'])).toEqual(data);
    },
  );
});
