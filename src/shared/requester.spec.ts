import { describe, expect, it } from '@jest/globals';
import { requesterFrom, requesterText } from './requester.js';

describe('who asked for help, in one field', () => {
  it.each([
    ['Marie Roy', { name: 'Marie Roy' }],
    [' Marie Roy , poste 4410, 3e nord ', { name: 'Marie Roy', contact: 'poste 4410, 3e nord' }],
    ['Marie Roy,', { name: 'Marie Roy' }],
    [', 4410', { name: '4410' }],
    ['', undefined],
    [' , ', undefined],
  ])('is a name, and after a comma how to reach them: %j', (text, requester) => {
    expect(requesterFrom(text)).toEqual(requester);
  });

  it('is written back as it was', () => {
    for (const text of ['Marie Roy', 'Marie Roy, poste 4410, 3e nord'])
      expect(requesterText(requesterFrom(text))).toBe(text);
    expect([requesterText(null), requesterText(undefined)]).toEqual(['', '']);
    expect(requesterText({ name: 'Marie Roy', contact: null })).toBe('Marie Roy');
  });
});
