import { beforeEach, describe, expect, it } from '@jest/globals';
import { languageIn, TabletLanguage } from './tablet-language.js';

let kept: Map<string, string>;
const tablet = (served: 'fr' | 'en' = 'fr'): TabletLanguage =>
  new TabletLanguage(
    { getItem: (name) => kept.get(name) ?? null, setItem: (name, value) => void kept.set(name, value) },
    served,
  );
beforeEach(() => {
  kept = new Map();
});

describe('the language of a tablet', () => {
  it('is that of the page as it was sent, until one is chosen', () => {
    expect([tablet('en').current(), tablet('fr').current()]).toEqual(['en', 'fr']);
    expect(tablet('en').untold()).toBeUndefined();
  });

  it('stays as it was chosen, in whatever language the page comes out of the cache', () => {
    tablet('fr').choose('en');
    expect(tablet('fr').current()).toBe('en');
  });

  it('is told to the server once, and not forgotten before', () => {
    tablet().choose('en');
    tablet().heard('fr');
    expect([tablet().current(), tablet().untold()]).toEqual(['en', 'en']);
    tablet().told('en');
    expect([tablet().current(), tablet().untold()]).toEqual(['en', undefined]);
  });

  it('is not taken for told where another was chosen meanwhile', () => {
    tablet().choose('en');
    tablet().choose('fr');
    tablet().told('en');
    expect(tablet().untold()).toBe('fr');
  });

  it('follows what was chosen at another page of ours', () => {
    tablet().choose('fr');
    tablet().told('fr');
    tablet().heard('en');
    expect([tablet().current(), tablet().untold()]).toEqual(['en', undefined]);
  });

  it('is asked for by the address', () => {
    expect(['?lang=en', '?a=1&lang=fr', '?lang=de', '?lang=', ''].map(languageIn)).toEqual([
      ...['en', 'fr'],
      ...[undefined, undefined, undefined],
    ]);
  });
});
