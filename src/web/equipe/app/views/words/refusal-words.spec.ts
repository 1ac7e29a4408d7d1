import { describe, expect, it } from '@jest/globals';
import { problemCatalogue } from '../../../../../shared/problems/problem-catalogue.js';
import { refusalWordsOf } from './refusal-words.js';

const refusal = (message: string, pointer = '/commands/0/site') => ({
  ...{ code: 'unknown-site', title: 'Installation inconnue', detail: 'Pas de ce code.' },
  errors: [{ pointer, message }],
});

describe('a refusal in the words of the page', () => {
  it('names a field as in its form', () => {
    expect(refusalWordsOf(refusal('trop long'), 'fr').fields).toEqual(['Installation: trop long']);
  });

  it('leaves out repeated messages, codes, and fields that people do not fill in', () => {
    expect(refusalWordsOf(refusal('Pas de ce code.'), 'fr').fields).toEqual([]);
    expect(refusalWordsOf(refusal('required'), 'fr').fields).toEqual([]);
    expect(refusalWordsOf(refusal('occurred-in-the-future', '/commands/0/occurredAt'), 'fr').fields).toEqual(
      [],
    );
    expect(refusalWordsOf(refusal('trop grand', '/commands/0/occurredAt'), 'fr').fields).toEqual([]);
  });

  it('comes from the catalogue in another language than the server’s, where fields are only named', () => {
    expect(refusalWordsOf({ ...refusal('trop long'), code: 'superseded' }, 'en')).toEqual({
      title: problemCatalogue.superseded.title.en,
      detail: problemCatalogue.superseded.detail.en,
      fields: ['Site'],
    });
    const english = { ...refusal('too long'), language: 'en' as const };
    expect(refusalWordsOf(english, 'en').fields).toEqual(['Site: too long']);
  });

  it('keeps the server’s words for an unknown code', () => {
    expect(refusalWordsOf({ code: 'new-rule', title: 'Nouveau', detail: 'Faites ceci.' }, 'fr')).toEqual({
      ...{ title: 'Nouveau', detail: 'Faites ceci.', fields: [] },
    });
  });
});
