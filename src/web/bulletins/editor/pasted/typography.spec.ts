import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import MarkdownIt, { type Token } from 'markdown-it';
import { budgeted } from '../../../../../test/support/budget.js';
import { frenchTypography, isFrench } from './typography.js';

/** No-break spaces as «_», to be read. */
const shown = (text: string): string => text.replaceAll('\u00A0', '_');

describe('French typography', () => {
  it.each([
    ['Plus de **6 000** professionnels', 'Plus de **6_000** professionnels'],
    ['6\u2009000 accès et 1\u2009234 567', '6_000 accès et 1_234_567'],
    ['accès\u2009: «\u2009oui\u2009» et 90\u2009%', 'accès_: «_oui_» et 90_%'],
    ['1 234 567,5 accès', '1_234_567,5 accès'],
    [
      'caractérisé par : tout; vraiment ; oui ! non ? Oui!',
      'caractérisé par_: tout; vraiment_; oui_! non_? Oui!',
    ],
    ['**Attention**: demain', '**Attention**_: demain'],
    ['**Attention:** demain', '**Attention_:** demain'],
    ['78,1 % et 90%', '78,1_% et 90_%'],
    ['« oui » et «non»', '«_oui_» et «_non_»'],
    ['dit "oui" et “non”', 'dit «_oui_» et «_non_»'],
    ["l'appareil de l'**Île** et d'\"Alma\"", 'l’appareil de l’**Île** et d’«_Alma_»'],
    ["- Le bilan : un\n  - l'un", '- Le bilan_: un\n  - l’un'],
    ['# Titre : un', '# Titre_: un'],
    ['> Cité : un', '> Cité_: un'],
  ])('sets «%s»', (text, set) => {
    expect(shown(frenchTypography(text))).toBe(set);
  });

  it.each([
    ['code', 'Voir `a : b "c" 6 000`'],
    ['code over two lines', "Voir `a : b\nl'un 6 000` là"],
    ['a block of code', '```\na : "b" l\'un\n```'],
    ['an indented block of code', '\n    a : "b" l\'un'],
    ['a link', "[l'aide : un](https://a.example/6 000)"],
    ['words that link to an address further down', "[l'aide] ici\n\n[l'aide]: https://a.example"],
    ['an address', "https://a.example/l'un?b=90%20 et mailto:l'un@a.example"],
    ['a tag', '<b title="a : b">'],
    ['a time', 'à 4 h, à 4 h 30, à 8:30, à 08 : 30, de 00h00 à 23h59'],
    ['a telephone number', '514 555-0199, 1 514 555 0199, +1 514 555 0199'],
    ['an inch and a foot', '24" et 5\'10'],
    ['a list', '* : un\n- ! deux\n1. ? trois\n2) ! quatre'],
    ['a rule', '* * *'],
    ['a character that is made plain', 'a \\: b'],
    ['what is set already', 'l’un_: «_deux_», 6_000 et 90_%'.replaceAll('_', '\u00A0')],
  ])('leaves alone %s', (_what, text) => {
    expect(frenchTypography(text)).toBe(text);
  });

  const piece = fc.constantFrom(
    ...[
      'mot',
      "l'un",
      '6 000',
      '90%',
      '90 %',
      ' : ',
      ':',
      '"',
      '“',
      '”',
      '«',
      '»',
      "'",
      '’',
      ' ',
      '  ',
      '\n',
    ],
    ...[
      '\n\n',
      '`',
      '``',
      '```\n',
      '**',
      '*',
      '_',
      '- ',
      '1. ',
      '> ',
      '# ',
      '    ',
      '(',
      ')',
      '[',
      ']',
      '](',
      '<',
    ],
    ...[
      "https://a.example/b'c",
      '4 h 30',
      '8:30',
      '\\',
      ' ! ',
      ' ?',
      ';',
      ' ;',
      '\u00A0',
      '\u2009',
      '\uE000',
      '&amp;',
      '514 555-0199',
    ],
  );
  const texts = fc.array(piece, { maxLength: 25 }).map((pieces) => pieces.join(''));
  /** What may change: spaces, quotation marks and apostrophes. */
  const letters = (text: string) =>
    text
      .replace(/[ \u00A0\u2009]/g, '')
      .replace(/["“”«»]/g, '"')
      .replaceAll('’', "'");

  it('set twice is set once', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const once = frenchTypography(text);
        expect(frenchTypography(once)).toBe(once);
      }),
      { numRuns: budgeted(500) },
    );
  });

  it('changes nothing but spaces, quotation marks and apostrophes, and no indentation', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const set = frenchTypography(text);
        expect(letters(set)).toBe(letters(text));
        expect(set.split('\n').map((line) => /^[ \t]*/.exec(line)?.[0])).toEqual(
          text.split('\n').map((line) => /^[ \t]*/.exec(line)?.[0]),
        );
      }),
      { numRuns: budgeted(500) },
    );
  });

  it('leaves headings, lists, code, links and bold words where they are', () => {
    const parser = new MarkdownIt('commonmark');
    const marks = (tokens: readonly Token[]): unknown[] =>
      tokens.flatMap(({ type, children }) => (type === 'text' ? [] : [type, ...marks(children ?? [])]));
    fc.assert(
      fc.property(texts, (text) => {
        expect(marks(parser.parse(frenchTypography(text), {}))).toEqual(marks(parser.parse(text, {})));
      }),
      { numRuns: budgeted(500) },
    );
  });

  it('changes nothing in code, links, addresses and times, wherever they stand', () => {
    const kept = fc.constantFrom(
      ...[
        '`l\'un : "a" 6 000`',
        '[l\'un : "a"](https://a.example/l\'un)',
        "https://a.example/l'un",
        '4 h 30',
        '08 : 30',
      ],
    );
    const word = fc.constantFrom('mot', "l'un", '6 000 mots', 'un : deux', '"trois"', '«');
    fc.assert(
      fc.property(
        fc.array(word, { maxLength: 4 }),
        kept,
        fc.array(word, { maxLength: 4 }),
        (before, part, after) => {
          expect(frenchTypography([...before, part, ...after].join(' '))).toContain(part);
        },
      ),
      { numRuns: budgeted(1_000) },
    );
  });
});

describe('the language of a text', () => {
  it.each([
    ['Le bilan de la journée est calme.', true],
    ['6 000', true],
    ['The week was quiet in the two establishments: all is well.', false],
  ])('of «%s» is French: %s', (text, expected) => {
    expect(isFrench(text)).toBe(expected);
  });
});
