import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { foldText } from './fold-text.js';
import { formsOf, wordsOf } from './words.js';
import { budgeted } from '../../../test/support/budget.js';

const words = (text: string): string[] => wordsOf(text).map(({ word }) => word);
const forms = (text: string): string[] => formsOf(text).map(({ form }) => form);

describe('a folded text', () => {
  it.each([
    ['Cœur, fœtal, Vitæ', 'coeur, foetal, vitae'],
    ['STRASSE Straße ẞ', 'strasse strasse ss'],
    ['Łódź Ærø Þór Đào', 'lodz aero thor dao'],
    ['İstanbul ısı', 'istanbul isi'],
    ['ΟΔΟΣ οδός', 'οδοσ οδοσ'],
    ['né\u00adphro\u200b', 'nephro'],
    ['ＡＢＣ ﬁn', 'abc fin'],
  ])('«%s» is «%s»', (text, folded) => {
    expect(foldText(text)).toBe(folded);
  });

  it('does not change when it is folded again, and does not depend on how accents are composed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 20 }), (text) => {
        expect(foldText(foldText(text))).toBe(foldText(text));
        expect(foldText(text.normalize('NFD'))).toBe(foldText(text.normalize('NFC')));
      }),
      { numRuns: budgeted(2_000) },
    );
  });
});

describe('the words of a text', () => {
  it.each([
    ['M.Roy', ['m', 'roy']],
    ['10.20.30.40', ['10', '20', '30', '40']],
    ['INC0012345', ['inc', '0012345']],
    ['l’Île-de-Montréal', ['l', 'ile', 'de', 'montreal']],
    ['bogue 🔥🔥!', ['bogue', '🔥', '🔥']],
    ['N°123 Nº123 №123', ['n', '123', 'n', '123', 'n', '123']],
    ['…—!', []],
  ])('«%s» has %j', (text, expected) => {
    expect(words(text)).toEqual(expected);
  });

  it('are the same wherever it is cut between two of them', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 30 }),
        fc.string({ unit: 'binary', maxLength: 30 }),
        (a, b) => {
          expect(words(`${a} ${b}`)).toEqual([...words(a), ...words(b)]);
        },
      ),
      { numRuns: budgeted(1_000) },
    );
  });

  it('are no longer than PostgreSQL takes, and end with a whole character', () => {
    const [word] = words('\u{20000}'.repeat(9_400));
    expect(word!.isWellFormed()).toBe(true);
    expect(Buffer.byteLength(word!)).toBeLessThan(2_000);
  });
});

describe('the forms that a text is also found by', () => {
  it.each([
    ['(514) 555-0199', '5145550199'],
    ['514.555.0199', '5145550199'],
    ['+1 514 555 0199', '5145550199'],
    ['15145550199', '5145550199'],
    ['00:1A:2B:3C:4D:5E', '001a2b3c4d5e'],
    ['wi-fi', 'wifi'],
    ['B-3.214', 'b3214'],
    ['C++', 'c++'],
    ['aujourd’hui', 'aujourdhui'],
    ['borne wi-fi/bluetooth', 'wifi'],
    ['port USB3.0/USB-C', 'usbc'],
    ['Note:rendez-vous', 'rendezvous'],
    ['à l’U.S.I. demain', 'usi'],
    ['s.v.p.', 'svp'],
    ['Dr D’Amours', 'damours'],
    ['M’Baye', 'mbaye'],
    ['20℃', 'c'],
    ['0015145550199', '5145550199'],
  ])('«%s» is found by «%s»', (text, form) => {
    expect(forms(text)).toContain(form);
  });

  it.each([
    ['1,5', '15'],
    ['24/7', '247'],
    ['a/b', 'ab'],
    ['l’imprimante', 'limprimante'],
    ['avec d’eux', 'deux'],
    ['C+1', 'c+'],
  ])('«%s» is not found by «%s»', (text, form) => {
    expect(forms(text)).not.toContain(form);
  });
});
