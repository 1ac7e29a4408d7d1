import { describe, expect, it } from '@jest/globals';
import { pastedNotice } from './paste-card.js';
import { pastedBulletin } from './pasted-bulletin.js';

const date = '2026-05-17';
const noticeOf = (text: string) =>
  pastedNotice({ read: pastedBulletin(text, date, () => undefined), set: [] }, date, 'fr').text;

describe('the notice of a pasted bulletin', () => {
  it('asks for care where the day of the tickets could not be read', () => {
    const notice = noticeOf('Billets quotidiens – journée d’hier\n\nNombre de billets quotidiens : 5');
    expect(notice).toContain('class="warning pasted"');
    expect(notice).toContain('Le jour des billets n’a pas pu être lu');
    expect(notice).toContain('«Billets quotidiens – journée d’hier»');
  });

  it('asks for care where numbers of tickets stand below no heading of theirs', () => {
    const notice = noticeOf('Mise à jour technologique\n\nNombre de billets quotidiens : 5');
    expect(notice).toContain('class="warning pasted"');
    expect(notice).toContain('Le jour des billets n’a pas pu être lu');
  });

  it('asks for none where everything was read', () => {
    expect(noticeOf('Billets quotidiens – vendredi 15 mai\n\nNombre de billets quotidiens : 5')).toContain(
      'class="done pasted"',
    );
  });
});
