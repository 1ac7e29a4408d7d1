import { describe, expect, it } from '@jest/globals';
import { identifiersIn, masked } from './identifiers.js';

const found = (text: string): string[] =>
  identifiersIn(text).map(({ code, start, end }) => `${code} ${text.slice(start, end)}`);

const addresses = [
  ...['marie.tremblay@exemple.ca', 'm.t+dsn@sous.exemple.qc.ca', 'a@b.org', 'x@163.com', "o'brien@chu.ca"],
  ...[
    'o’brien@chu.ca',
    'o\u02bcbrien@chu.ca',
    'a.b＠chu.ca',
    'a.b﹫chu.ca',
    'ａ.ｂ＠ｃｈｕ．ｃａ',
    '.ab@chu.ca',
  ],
  ...[
    '..ab@chu.ca',
    'a..b@chu.ca',
    'ab.@chu.ca',
    'rene\u0301@chu.ca',
    'rené@chu.ca',
    'a\u200bb@chu.ca',
    'a_b@sous_domaine.ca',
  ],
  ...['a.b@chu‐nord.ca', 'marie-ève@santé.québec'],
];
const neighbours: [before: string, after: string][] = [
  ['', ''],
  ['', '-x'],
  ['', '_x'],
  ['', '.'],
  ['', ', merci'],
  ['', '/soir'],
  ['<', '>'],
  ['mailto:', '?subject=x'],
  ['«', '»'],
  ['à:', ';'],
  ['@', ' '],
  ['(', ')'],
];

describe('an e-mail address', () => {
  it.each(addresses)('is noticed whole, whatever is beside it: «%s»', (address) => {
    for (const [before, after] of neighbours) {
      const text = `${before}${address}${after}`;
      expect([text, found(text)]).toEqual([text, [`email-address ${address}`]]);
      expect(masked(text)).toBe(`${before}•••@•••${after}`);
    }
  });

  it.each([
    ...['@types/node', 'service@2.0.1', 'service@2.0.beta', 'service@2.0.beta-1', 'root@serveur', 'a@b'],
    ...['prix @ 3.50', 'x@.ca', '..@chu.ca', 'lodash@4.17.21', 'root@10.0.0.1', '-@x.ca'],
  ])('is not seen in «%s»', (text) => {
    expect(found(text)).toEqual([]);
  });
});
