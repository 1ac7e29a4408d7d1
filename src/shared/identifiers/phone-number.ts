import { found, joinedWord, type Identifier, type Neighbours } from './identifier.js';

const space = '[ \\t]';
const separator = `${space}{0,2}[-._·]?${space}{0,2}`;
const area = '[2-9]\\d{2}';
const exchange = '[2-9]\\d{2}';
const extension = `(?:[,;]?${space}{0,2}(?:poste?|p\\.|ext\\.?|extension|x|#)${space}?\\d{1,6}(?!\\d))?`;

/** Ten digits with what people put before, between and behind them. Which of these are a telephone's is judged below. */
const pattern = new RegExp(
  `((?:\\+|00)?1${separator})?(?:([([]?)${area}[)\\]](${separator})|${area}(${separator}|/))` +
    `${exchange}(${separator})\\d{2}(${separator})\\d{2}(?!\\d)${extension}`,
  'giu',
);

const word = '(?<![\\p{L}\\p{N}])';
const telephone = new RegExp(
  `${word}(?:tel(?:ephone)?|cell?(?:ulaire)?|mobile|phone|appel(?:er|ez)?|call|fax|telec(?:opieur)?|paget(?:te)?)` +
    '\\.?\\s*(?:au|at|no|n°)?\\s*[:=#/_-]?\\s*$',
  'iu',
);

/** What is numbered by the word before it: a device, a ticket. */
const otherNumber = new RegExp(
  `${word}(?:s/?n|serie|serial|billet|ticket|incident|actif|asset|inventaire|inventory|version|ip|mac)` +
    '(?:\\s*(?:n[o°]|number|#))?\\.?\\s*[:=#]?\\s*$',
  'iu',
);

/** Numbers of rooms are written in a row, too. */
const rooms = new RegExp(`${word}(?:lits?|chambres?|salles?|local|locaux|rooms?|beds?)\\.?\\s*:?\\s*$`, 'iu');

/** The telephone numbers of North America in a folded text, with their extensions. Seven digits alone are none: too much is written that way. */
export const phoneNumbersIn = (text: string): Identifier[] =>
  found('phone-number', {
    text,
    pattern,
    isValid: (
      [, country = '', parenthesis, behindParenthesis, behindArea, middle = '', last = ''],
      neighbours,
    ) => {
      const isAnnounced = telephone.test(neighbours.before);
      if (!isAnnounced && !beginsAfter(neighbours.before)) return false;
      if (!isOverBefore(neighbours)) return false;
      if (isAnnounced || country.startsWith('+')) return true;
      if (otherNumber.test(neighbours.before)) return false;
      const first = behindParenthesis ?? behindArea ?? '';
      // Ten digits in one piece may number anything, and in other pieces than a telephone's too.
      if (last !== '' || middle === '') return false;
      if (parenthesis !== undefined) return true;
      if (rooms.test(neighbours.before) && first.trim() === '' && middle.trim() === '') return false;
      return first !== '' && !(first === '/' && !middle.includes('-'));
    },
  });

/** Whether a number begins there: not in the middle of another one, nor of the name of a device. */
const beginsAfter = (before: string): boolean => {
  if (/[\p{L}\p{N}]$/u.test(before)) return false;
  if (/\p{N}[-.:+]$/u.test(before)) return false;
  if (/\p{N}\/$/u.test(before)) return true;
  return joinedWord(before)?.isSerial !== true;
};

/** Whether it is over there: it does not go on with more digits, but for those of another telephone number. */
const isOverBefore = ({ after }: Neighbours): boolean =>
  !/^\p{N}/u.test(after) &&
  !/^[-.:]\d(?!\d{2}[-. ]{1,3}[2-9]\d{2}[-. ]{1,3}\d{4})/.test(after) &&
  !/^\p{Lu}{1,2}(?!\p{L})/u.test(after);
