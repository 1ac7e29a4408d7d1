import { describe, expect, it } from '@jest/globals';
import { isRefusedTitle, noticeIn } from './identifier-notice.js';

describe('the notice under a field', () => {
  it('says nothing of a phone number where one is asked for, and of a health number everywhere', () => {
    expect(noticeIn('Marie Roy, 418 555-0142', 'fr', 'requester')).toBe('');
    expect(noticeIn('Marie Roy, 418 555-0142', 'fr', 'description')).not.toBe('');
    expect(noticeIn('Roy TREM 8562 0115', 'fr', 'requester')).toContain('assurance maladie');
  });

  it('is empty while nothing names or reaches a person', () => {
    expect(noticeIn('Imprimante du 3e nord, depuis le 2026-11-29', 'fr')).toBe('');
  });

  it('names what is there, in both languages', () => {
    const text = 'Patiente TREM 8451 1234, 514 555-1234';
    expect(noticeIn(text, 'fr')).toBe(
      'Il y a ici un numéro d’assurance maladie et un numéro de téléphone. Ne l’écrivez que s’il le faut pour aider.',
    );
    expect(noticeIn(text, 'en')).toBe(
      'There is a health insurance number and a phone number here. Write it only where it is needed to help.',
    );
  });

  it('tells a title that is refused from one that is only warned of', () => {
    expect([isRefusedTitle('TREM84511234'), isRefusedTitle('514 555-1234')]).toEqual([true, false]);
  });
});
