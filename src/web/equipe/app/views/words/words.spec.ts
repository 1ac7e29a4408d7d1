import { describe, expect, it } from '@jest/globals';
import { texts } from './texts.js';
import { wordsIn, type Noun } from './words.js';

const [minute, hour, day] = [60_000, 3_600_000, 86_400_000];
const [french, english] = [wordsIn('fr'), wordsIn('en')];

describe('the words for a wrong clock', () => {
  it.each([
    [3 * minute, 'avance de 3 minutes', 'is 3 minutes ahead'],
    [-minute / 2, 'retarde de 1 minute', 'is 1 minute behind'],
    [119 * minute, 'avance de 119 minutes', 'is 119 minutes ahead'],
    [-4 * hour, 'retarde de 4 heures', 'is 4 hours behind'],
    [47 * hour, 'avance de 47 heures', 'is 47 hours ahead'],
    [7200 * minute, 'avance de 5 jours', 'is 5 days ahead'],
    [-60 * day, 'retarde de 60 jours', 'is 60 days behind'],
  ])('for %d ms are «%s», and “%s”', (skewMs, fr, en) => {
    expect([french.skewName(skewMs), english.skewName(skewMs)]).toEqual([fr, en]);
  });
});

describe('a moment', () => {
  const now = new Date(2026, 4, 15, 10, 0);
  const both = (at: Date) => [french, english].map(({ momentName }) => momentName(at.toISOString(), now));

  it('of today is shown as a time', () => {
    expect(both(new Date(2026, 4, 15, 8, 12))).toEqual(['08h12', '08:12']);
  });

  it('of another day is shown with its date', () => {
    expect(both(new Date(2026, 4, 14, 23, 59))).toEqual(['14 mai, 23h59', 'May 14, 23:59']);
    expect(both(new Date(2026, 4, 20, 8, 12))).toEqual(['20 mai, 08h12', 'May 20, 08:12']);
  });

  it('is so long ago in one unit', () => {
    const ago = (ms: number) =>
      [french, english].map(({ agoName }) => agoName(new Date(now.getTime() - ms).toISOString(), now));
    expect(ago(0)).toEqual(['à l’instant', 'just now']);
    expect(ago(5 * minute)).toEqual(['il y a 5 min', '5 min ago']);
    expect(ago(3 * hour)).toEqual(['il y a 3 h', '3 h ago']);
    expect(ago(3 * day)).toEqual(['il y a 3 j', '3 d ago']);
  });
});

describe('a count', () => {
  const both = (count: number, noun: Noun) => [french, english].map(({ counted }) => counted(count, noun));

  it('of one is singular, of nothing only in French', () => {
    expect(both(1, 'person')).toEqual(['1 personne', '1 person']);
    expect(both(0, 'photo')).toEqual(['0 photo', '0 photos']);
    expect(both(2, 'person')).toEqual(['2 personnes', '2 people']);
  });

  it('takes the plural only where there is one', () => {
    expect(both(3, 'waiting')).toEqual(['3 en attente', '3 waiting']);
    expect(both(3, 'refused')).toEqual(['3 refusés', '3 refused']);
  });
});

describe('the texts of the page', () => {
  /** Words that are the same in both languages. */
  const same = new Set(['Pages', 'Description', 'Note', 'Notes', 'Photo']);

  it('are in two languages, each in its own', () => {
    const left = Object.values(texts).filter(({ fr, en }) => fr === en && !same.has(fr));
    expect(left).toEqual([]);
  });

  it('hold no French in English but the name of the other language', () => {
    const french = /[àâçéèêëîïôûùœ«»]|\b(le|la|les|des|une|est|pas|pour|avec|sera|votre|vous|dans)\b/i;
    const left = Object.entries(texts).filter(
      ([name, { en }]) => french.test(en) && name !== 'otherLanguage',
    );
    expect(left).toEqual([]);
  });

  it('name a ticket whose texts are erased', () => {
    expect([french, english].map(({ titleOf }) => titleOf({ title: '' }))).toEqual([
      'Texte effacé',
      'Text erased',
    ]);
    expect(english.titleOf({ title: 'Écran noir' })).toBe('Écran noir');
  });
});
