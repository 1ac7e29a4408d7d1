import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isText, isVisible, plainText } from './plain-text.js';

describe('a text that is cleaned', () => {
  it.each<[string, string, string, string]>([
    ['an override of direction', 'fac\u202eture\u202c', 'facture', 'facture'],
    ['an isolate', '\u2067a\u2069b', 'ab', 'ab'],
    ['marks of direction', '\u200ea\u200f\u061cb', 'ab', 'ab'],
    ['a byte order mark within', 'a\ufeffb', 'ab', 'ab'],
    ['an escape sequence', '\u001b[31mrouge\u0007', '[31mrouge', '[31mrouge'],
    ['controls of ISO-8859', 'a\u0080\u009fb\u007f', 'ab', 'ab'],
    ['ASCII in disguise', 'a\u{e0041}\u{e007f}\u{e0001}b', 'ab', 'ab'],
    ['ends of lines', 'a\r\nb\rc\u2028d\u0085e\vf\n\ng', 'a\nb\nc\nd\ne\nf\n\ng', 'a b c d e f  g'],
    ['tabs', '\ta\tb\t', 'a\tb', 'a b'],
    ['space around it', ' \u00a0\n\u202e a \u3000', 'a', 'a'],
  ])('is without %s', (_what, written, prose, line) => {
    expect([plainText(written, 'prose'), plainText(written, 'line')]).toEqual([prose, line]);
  });

  it.each([
    ['emoji of several characters', '👩‍⚕️ 🏳️‍🌈 👍🏽 1️⃣ 🇨🇦'],
    ['the flag of Scotland', '🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}'],
    ['Persian with its joiners', 'می‌خواهم'],
    ['Arabic and Hebrew', 'مستشفى בית חולים'],
    ['accents, composed or not', 'e\u0301té été'],
    ['French spaces', 'à 10\u202fh\u00a0: «\u00a0vu\u00a0»'],
    ['a word that may be parted', 'extra\u00adordinaire\u200bment'],
    ['Inuktitut', 'ᐃᓄᒃᑎᑐᑦ'],
    ['a replacement character', 'Montr\ufffdal'],
  ])('keeps %s', (_what, text) => {
    expect(plainText(text, 'prose')).toBe(text);
    expect(plainText(text, 'line')).toBe(text);
    expect([isVisible(text), isText(text)]).toEqual([true, true]);
  });

  it('does not change when it is cleaned again', () => {
    const pieces = [
      'a',
      ' ',
      '\t',
      '\r',
      '\n',
      '\u0000',
      '\u001b',
      '\u202e',
      '\ufeff',
      '\u200d',
      '\ud83c',
      '\u{1f3f4}',
      '\u{e0067}',
      '\u{e007f}',
    ];
    const unit = fc.constantFrom(...pieces);
    fc.assert(
      fc.property(fc.string({ unit }), fc.constantFrom('line' as const, 'prose' as const), (text, kind) => {
        const once = plainText(text, kind);
        expect(plainText(once, kind)).toBe(once);
      }),
    );
  });
});

describe('a text', () => {
  it.each([
    ['nothing', ''],
    ['spaces of all kinds', ' \t\n\u00a0\u2003\u202f\u3000'],
    ['zero-width characters', '\u200b\u200c\u200d\u2060\ufeff'],
    ['soft hyphens', '\u00ad\u00ad'],
    ['the Braille blank', '\u2800'],
    ['Hangul fillers', '\u3164\u115f\u1160\uffa0'],
    ['marks that combine with nothing', '\u0301\u0308\u20dd'],
    ['selectors of variants', '\ufe0f\u{e0100}\u180b'],
    ['tags', '\u{e0041}\u{e0042}'],
    ['invisible operators', '\u2061\u2062\u2063\u2064'],
    ['directions', '\u202e\u2066\u061c'],
    ['controls', '\u0001\u001b\u0085'],
    ['graphemes joined by nothing', '\u034f\u17b4\u17b5'],
  ])('of %s has nothing to read', (_what, text) => {
    expect(isVisible(text)).toBe(false);
  });

  it.each(['a', '.', '1', '😀', '…', 'ー', '\ue000', '\u200ba'])('of %j has something to read', (text) => {
    expect(isVisible(text)).toBe(true);
  });

  it.each(['a\u0000', '\ud83d', 'a\udc00b', '\uffff', '\ufdd0', '\u{1fffe}'])(
    'is not valid with %j',
    (text) => {
      expect(isText(text)).toBe(false);
    },
  );
});
