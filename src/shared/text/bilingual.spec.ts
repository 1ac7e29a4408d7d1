import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bilingual, inLanguage, textOfMessage } from './bilingual.js';

describe('a message in both languages', () => {
  it('is read back as it was, whatever stands in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (fr, en) => {
        expect(textOfMessage(bilingual({ fr, en }))).toEqual({ fr, en });
      }),
    );
  });

  it('is told in the reader’s', () => {
    const text = textOfMessage(bilingual({ fr: 'trop long', en: 'too long' }));
    expect([inLanguage(text, 'fr'), inLanguage(text, 'en')]).toEqual(['trop long', 'too long']);
  });
});

it('a message in one language is the same in both', () => {
  expect(inLanguage(textOfMessage('["no","mark"]'), 'en')).toBe('["no","mark"]');
});
