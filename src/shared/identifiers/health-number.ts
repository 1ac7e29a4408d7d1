import { found, type Identifier } from './identifier.js';

const separator = '[ \\t\\u00a0\\u2009\\u202f\\u2010-\\u2014-]';
const gap = `${separator}{0,2}`;

/**
 * Four letters and eight digits, the digits in one piece, in two or in four: as on the card, or as people dictate them. Dates are
 * written in other pieces (2008-10-15). Nothing that goes on with more digits is one: an asset's or a card's number does.
 */
const pattern = new RegExp(
  `(?<![\\p{L}\\p{N}_])([A-Za-zÀ-ÖØ-öø-ÿ]{4})(${gap})` +
    `(\\d{8}|\\d{4}${separator}\\d{4}|\\d{2}${separator}\\d{2}${separator}\\d{2}${separator}\\d{2})` +
    `(?![\\p{L}\\p{N}_])(?![.,/-]\\d)(?!${separator}\\d{4}(?!\\d))`,
  'gu',
);

/** A name before a hyphen or a slash makes a serial number of what follows, unless it says that this is a health number. */
const serialPrefix = /([\p{L}\p{N}]+)[-_/.@\\]$/u;
const announcement = /^(nam|ramq)$/i;

/** The health insurance numbers of Québec (NAM): year, month and day of birth, the month 50 more for women, then two digits. */
export const healthNumbersIn = (text: string): Identifier[] =>
  found('health-number', {
    text,
    pattern,
    isValid: ([, , spaces = '', written = ''], before) => {
      const prefix = serialPrefix.exec(before)?.[1];
      if (prefix !== undefined && !announcement.test(prefix)) return false;
      const digits = written.replace(/\D/g, '');
      return isBirthDate(digits) && !(spaces !== '' && written === digits && isDay(digits));
    },
  });

/** The longest month of each name; a leap day needs a year that can be divided by 4, in either century. */
const daysInMonth = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const isBirthDate = (digits: string): boolean => {
  const [year, month, day] = [0, 2, 4].map((at) => Number(digits.slice(at, at + 2))) as [
    number,
    number,
    number,
  ];
  return isMonthDay(year, month > 50 ? month - 50 : month, day);
};

/** Whether eight digits in one piece are a date of this or the last century, as in «paru 20101105». */
const isDay = (digits: string): boolean => {
  const year = Number(digits.slice(0, 4));
  const isRecent = year >= 1900 && year < 2100;
  return isRecent && isMonthDay(year, Number(digits.slice(4, 6)), Number(digits.slice(6)));
};

const isMonthDay = (year: number, month: number, day: number): boolean => {
  const longest = daysInMonth[month - 1];
  if (longest === undefined || day < 1 || day > longest) return false;
  return !(month === 2 && day === 29 && year % 4 !== 0);
};
