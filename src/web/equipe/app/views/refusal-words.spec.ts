import { describe, expect, it } from '@jest/globals';
import { toldOf } from './refusal-words.js';

const refusal = (message: string, pointer = '/commands/0/site') => ({
  ...{ code: 'unknown-site', title: 'Installation inconnue', detail: 'Pas de ce code.' },
  errors: [{ pointer, message }],
});

describe('a refusal in the words of the page', () => {
  it('names a field as its form does', () => {
    expect(toldOf(refusal('trop long')).fields).toEqual(['Installation: trop long']);
  });

  it('says nothing twice, no code, and nothing of what nobody filled in', () => {
    expect(toldOf(refusal('Pas de ce code.')).fields).toEqual([]);
    expect(toldOf(refusal('required')).fields).toEqual([]);
    expect(toldOf(refusal('occurred-in-the-future', '/commands/0/occurredAt')).fields).toEqual([]);
    expect(toldOf(refusal('trop grand', '/commands/0/occurredAt')).fields).toEqual([]);
  });

  it('is the server’s own where this page does not know the code', () => {
    expect(toldOf({ code: 'new-rule', title: 'Nouveau', detail: 'Faites ceci.' })).toEqual({
      ...{ title: 'Nouveau', detail: 'Faites ceci.', fields: [] },
    });
  });
});
