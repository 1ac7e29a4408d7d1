import { describe, expect, it } from '@jest/globals';
import { eventIdOf, readEventId } from './event-id.js';

describe('the id of a live event', () => {
  it('is the position, as long as the log has never gone back', () => {
    expect(eventIdOf({ position: 16_539n, epoch: '' })).toBe('16539');
    expect(readEventId('16539')).toEqual({ position: 16_539n, epoch: '' });
  });

  it('carries the epoch once the log has gone back', () => {
    expect(eventIdOf({ position: 16_539n, epoch: '471100815' })).toBe('16539.471100815');
    expect(readEventId('16539.471100815')).toEqual({ position: 16_539n, epoch: '471100815' });
  });

  it.each(['', '-1', '1.', '.1', '1.2.3', '0x1', '1e3', '١', ' 1', '9'.repeat(20), `1.${'9'.repeat(20)}`])(
    'is not read from %p',
    (text) => {
      expect(readEventId(text)).toBeUndefined();
    },
  );
});
