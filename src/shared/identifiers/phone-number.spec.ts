import { describe, expect, it } from '@jest/globals';
import { identifierCodesIn, identifiersIn, masked } from './identifiers.js';

const mask = '•••-•••-••••';

const found = (text: string): string[] =>
  identifiersIn(text).map(({ code, start, end }) => `${code} ${text.slice(start, end)}`);

const spaces = {
  space: ' ',
  'two spaces': '  ',
  'no-break': '\u00a0',
  narrow: '\u202f',
  thin: '\u2009',
  em: '\u2003',
};
const dashes = {
  hyphen: '-',
  'no-break hyphen': '\u2011',
  'en dash': '–',
  'minus sign': '\u2212',
  point: '.',
};
const separators = Object.entries({
  ...spaces,
  ...dashes,
  'spaced hyphen': ' - ',
  'spaced en dash': '\u00a0– ',
  'zero-width space and hyphen': '\u200b-',
});
const neighbours: [before: string, after: string][] = [
  ['', ''],
  ['Tel:', ''],
  ['tél:', ''],
  ['Tél. ', ''],
  ['tel.', ''],
  ['Cell:', ', le soir'],
  ['tel-', ''],
  ['tel', ''],
  ['maison/', ''],
  ['Tremblay-', ''],
  ['à 8 h: ', '.'],
  ['Philip ', ''],
  ['(', ')'],
  ['**', '**'],
  ['_', '_'],
  ['', ', 2 fois'],
  ['', ',2 fois'],
  ['', '/soir'],
  ['', 'bureau'],
  ['', 'à 8 h'],
  ['12/', ''],
  ['rappel:', ' (bureau)'],
];

describe('a phone number', () => {
  const pairs = separators.flatMap(([first, one]) =>
    separators.map(([second, other]): [string, string, string, string] => [first, second, one, other]),
  );

  it.each(pairs)('is noticed with %s and %s, whatever is beside it', (_, __, one, other) => {
    for (const number of [
      `514${one}555${other}1234`,
      `(514)${one}555${other}1234`,
      `1${one}514${one}555${other}1234`,
    ]) {
      for (const [before, after] of neighbours) {
        const text = `${before}${number}${after}`;
        expect([text, found(text)]).toEqual([text, [`phone-number ${number}`]]);
        expect(masked(text)).toBe(`${before}${mask}${after}`);
      }
    }
  });

  it.each([
    ...['514-555-1234', '514 555-1234', '514 555 1234', '514.555.1234', '(514) 555-1234', '(514)555-1234'],
    ...[
      '1-800-555-1234',
      '+1 514 555-1234',
      '+15145551234',
      '+1(514)555-1234',
      '514/555-1234',
      '001 514 555 1234',
      '[514] 555-1234',
      '514)555-1234',
      '514·555·1234',
      '514_555_1234',
    ],
    ...['514-555-1234 poste 12', '514 555-1234 x4321', '514-555-1234x4321'],
    ...[
      '514-555-1234, poste 4321',
      '５１４-５５５-１２３４',
      '（５１４）５５５－１２３４',
      '514\u2060-555-1234',
    ],
  ])('is noticed in «%s»', (text) => {
    expect(found(text)).toEqual([`phone-number ${text}`]);
  });

  it.each([
    ...[
      'tél.: 5145551234',
      'tel:5145551234',
      'tél:514 555-1234',
      'tel5145551234',
      'Cellulaire : 514 5551234',
    ],
    ...['Cell:(514) 555-1234', 'appelez au 514 555 12 34', 'tél: 514-555-12-34', 'téléc. 5145551234'],
    ...['fax: 5145551234', 'phone # 5145551234', 'ＴＥＬ：５１４５５５１２３４'],
  ])('is one where the text says so: «%s»', (text) => {
    expect(identifierCodesIn(text)).toEqual(['phone-number']);
  });

  it.each(['/', ',', ', ', ';', ' / ', ' ou ', '\n', '-', ' - '])(
    'is noticed beside another one, with «%s» between them',
    (between) => {
      expect(masked(`514-555-1234${between}514-555-9999`)).toBe(`${mask}${between}${mask}`);
    },
  );

  it.each([
    ...['5145551234', '514 5551234', '555-1234', '192.168.100.2000', '10.20.30.40', '192.168.1.254:8080'],
    ...['255.255.255.0', '2026-11-29', '114-555-1234', '514-155-1234', '514-555-12345', '1514-555-1234-1'],
    ...['S/N 514-555-1234', 'S/N: 5145551234', 'n° de série: 514-555-1234', 'billet 514-555-1234'],
    ...['IMP-514-555-1234', 'v.514.555.1234', 'PC/514-555-1234', 'A1-514-555-1234', '514-555-1234-99'],
    ...[
      '514-555-1234.5',
      '514.555.1234:8080',
      'Windows 10.0.19045.3693',
      '120.0.6099.224',
      'version 514.555.1234',
    ],
    ...[
      'K7M3-QX9P',
      '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
      'lits 412/514 2026',
      'lits 514 515 2026',
      'chambres: 514 515 2026',
      '514-555-1234A',
      'IMG_514_555_1234',
      '514-555-12-34',
      '2026-514-555-1234',
    ],
    ...['IP: 514.555.1234', '412 514 12 13', '0514-555-1234'],
  ])('is not seen in «%s»', (text) => {
    expect([text, found(text)]).toEqual([text, []]);
  });
});
