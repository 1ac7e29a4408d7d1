import { describe, expect, it } from '@jest/globals';
import { refusalWordsOf } from './refusal-words.js';

const refusal = (message: string, pointer = '/commands/0/site') => ({
  ...{ code: 'unknown-site', title: 'Installation inconnue', detail: 'Pas de ce code.' },
  errors: [{ pointer, message }],
});

describe('a refusal in the words of the page', () => {
  it('names a field as its form does', () => {
    expect(refusalWordsOf(refusal('trop long')).fields).toEqual(['Installation: trop long']);
  });

  it('says nothing twice, no code, and nothing of what nobody filled in', () => {
    expect(refusalWordsOf(refusal('Pas de ce code.')).fields).toEqual([]);
    expect(refusalWordsOf(refusal('required')).fields).toEqual([]);
    expect(refusalWordsOf(refusal('occurred-in-the-future', '/commands/0/occurredAt')).fields).toEqual([]);
    expect(refusalWordsOf(refusal('trop grand', '/commands/0/occurredAt')).fields).toEqual([]);
  });

  it('is the server’s own where this page does not know the code', () => {
    expect(refusalWordsOf({ code: 'new-rule', title: 'Nouveau', detail: 'Faites ceci.' })).toEqual({
      ...{ title: 'Nouveau', detail: 'Faites ceci.', fields: [] },
    });
  });
});
