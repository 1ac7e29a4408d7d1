import { describe, expect, it } from '@jest/globals';
import { refusalWordsOf } from './refusal-words.js';

const refusal = (message: string, pointer = '/commands/0/site') => ({
  ...{ code: 'unknown-site', title: 'Installation inconnue', detail: 'Pas de ce code.' },
  errors: [{ pointer, message }],
});

describe('a refusal in the words of the page', () => {
  it('names a field as in its form', () => {
    expect(refusalWordsOf(refusal('trop long')).fields).toEqual(['Installation: trop long']);
  });

  it('leaves out repeated messages, codes, and fields that people do not fill in', () => {
    expect(refusalWordsOf(refusal('Pas de ce code.')).fields).toEqual([]);
    expect(refusalWordsOf(refusal('required')).fields).toEqual([]);
    expect(refusalWordsOf(refusal('occurred-in-the-future', '/commands/0/occurredAt')).fields).toEqual([]);
    expect(refusalWordsOf(refusal('trop grand', '/commands/0/occurredAt')).fields).toEqual([]);
  });

  it('keeps the server’s words for an unknown code', () => {
    expect(refusalWordsOf({ code: 'new-rule', title: 'Nouveau', detail: 'Faites ceci.' })).toEqual({
      ...{ title: 'Nouveau', detail: 'Faites ceci.', fields: [] },
    });
  });
});
