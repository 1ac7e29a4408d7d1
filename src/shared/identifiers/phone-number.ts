import { found, type Identifier } from './identifier.js';

const space = '[ \\u00a0\\u202f]';
const dash = '[-\\u2010-\\u2013]';
const area = '[2-9]\\d{2}';
const exchange = '[2-9]\\d{2}';

/** The pieces of a number, all with the same sign between them, but for what people put behind the area code. */
const pieces = [
  `\\(${area}\\)${space}?${exchange}(?:${space}|${dash}|\\.)\\d{4}`,
  `${area}${space}${exchange}${dash}\\d{4}`,
  `${area}${dash}${exchange}${dash}\\d{4}`,
  `${area}\\.${exchange}\\.\\d{4}`,
  `${area}${space}${exchange}${space}\\d{4}`,
];
const country = `(?:\\+?1(?:${space}|${dash}|\\.)?)?`;
const extension = `(?:,?${space}{0,2}(?:poste|p\\.|ext\\.?|extension|x|#)${space}?\\d{1,6})?`;
const notWithin = '(?<![\\p{L}\\p{N}_])(?<![\\p{L}\\p{N}][-./:+])';
const end = `(?![\\p{L}\\p{N}_])(?!(?:${dash}|[./:,])\\d)`;

const inPieces = new RegExp(`${notWithin}${country}(?:${pieces.join('|')})${end}${extension}`, 'giu');

/** Ten digits in one piece may number anything; they are a telephone's after a word that says so, or after +1. */
const inOne = new RegExp(`${notWithin}(\\+?1)?(${area})(${exchange})\\d{4}${end}${extension}`, 'giu');
const telephone =
  /(?:t[eé]l(?:[eé]phone)?|cell(?:ulaire)?|mobile|phone|appel(?:er|ez)?|call)\.?\s*(?:au|at)?\s*:?\s*$/iu;

/** What is numbered by the word before it: a device, a ticket. */
const otherNumber =
  /(?:s\/n|s[eé]rie|serial|billet|ticket|incident|actif|asset|inventaire|inventory|version|ip|mac)(?:\s*(?:n[o°º]|number|#))?\.?\s*:?\s*$/iu;

/** The telephone numbers of North America, with their extensions. Seven digits alone are none: too much is written that way. */
export const phoneNumbersIn = (text: string): Identifier[] => [
  ...found('phone-number', {
    text,
    pattern: inPieces,
    isValid: (_match, before) => !otherNumber.test(before),
  }),
  ...found('phone-number', {
    text,
    pattern: inOne,
    isValid: ([, prefix = ''], before) => prefix === '+1' || telephone.test(before),
  }),
];
