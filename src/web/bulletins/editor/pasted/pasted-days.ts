import { Temporal } from 'temporal-polyfill';
import { dayIn } from '../../../../calendar/formatting.js';
import type { Day } from '../../../../calendar/local-days.js';
import { languages } from '../../../../shared/text/text.js';
import { folded } from './own-headings.js';

/** The names of the months in both languages, as they are compared, with their numbers. */
const months = Array.from({ length: 12 }, (_, index) => index + 1).flatMap((month) =>
  languages.map((language) => ({
    month,
    name: folded(dayIn(language, `2024-${String(month).padStart(2, '0')}-02`)).replace(/[\d ]/g, ''),
  })),
);

/** The month of a name or of its beginning, «sept.»; undefined where that could be of two. */
const monthOf = (written: string): number | undefined => {
  const name = written.replace(/\.$/, '');
  if (name.length < 3) return undefined;
  const found = new Set(months.filter((each) => each.name.startsWith(name)).map(({ month }) => month));
  return found.size === 1 ? [...found][0] : undefined;
};

const weekday =
  /^(?:(?:lun|mar|mer|jeu|ven|sam|dim|mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)\.?|(?:lun|mar|mercre|jeu|vendre|same)di|dimanche|(?:mon|tues|wednes|thurs|fri|satur|sun)day),? /;
const year = '(?:,? (?<year>(?:19|20)\\d\\d))?';
const forms = [
  new RegExp(`^(?<day>\\d{1,2})(?:er|e|st|nd|rd|th)?(?: of)? (?<month>[a-z]+\\.?)${year}$`),
  new RegExp(`^(?<month>[a-z]+\\.?) (?<day>\\d{1,2})(?:er|st|nd|rd|th)?${year}$`),
  /^(?<year>(?:19|20)\d\d)[-/](?<month>\d\d)[-/](?<day>\d\d)$/,
  // «05/06/2026» could be of May as well as of June.
  /^(?<day>1[3-9]|2\d|3[01])[-/.](?<month>\d\d)[-/.](?<year>(?:19|20)\d\d)$/,
];

/** A day as a bulletin names it: «16 mai», «vendredi 15 mai», «dimanche 17 mai 2026». Without its year, the last one up to `date`. */
export const pastedDay = (written: string, date: Day): Day | undefined => {
  const named = folded(written).replace(/ ?:$/, '').replace(/^le /, '');
  for (const words of new Set([named, named.replace(weekday, '')])) {
    const groups = forms.map((form) => form.exec(words)?.groups).find(Boolean);
    const day = groups && dayOf(groups, date);
    if (day !== undefined) return day;
  }
  return undefined;
};

const dayOf = (groups: Readonly<Record<string, string | undefined>>, date: Day): Day | undefined => {
  const { day, month: name = '', year: ofYear } = groups;
  const month = /^\d/.test(name) ? Number(name) : monthOf(name);
  if (month === undefined) return undefined;
  const inYear = (of: number): Day | undefined => {
    try {
      const fields = { year: of, month, day: Number(day) };
      return Temporal.PlainDate.from(fields, { overflow: 'reject' }).toString();
    } catch {
      // 31 June is no day, and 29 February is one in leap years alone.
      return undefined;
    }
  };
  if (ofYear !== undefined) return inYear(Number(ofYear));
  const current = Number(date.slice(0, 4));
  return [current, current - 1].map(inYear).find((found) => found !== undefined && found <= date);
};

/** A day has at most five words: «le vendredi 15 mai 2026». */
const maxWords = 5;

/** The one day that a heading names among other words, such as times; undefined where it names none, several, or a week. */
export const dayWithin = (written: string, date: Day): Day | undefined => {
  const text = folded(written).replace(/[(),|]/g, ' ');
  if (/\b(?:semaines?|weeks?)\b/.test(text)) return undefined;
  const words = text.split(' ').filter(Boolean);
  const found = new Set<Day>();
  for (let at = 0; at < words.length;) {
    const [length, day] = dayAt(words, at, date);
    if (day !== undefined && isEndOfRange(words, at)) return undefined;
    if (day !== undefined) found.add(day);
    at += length;
  }
  return found.size === 1 ? [...found][0] : undefined;
};

/** The day that begins at a word, and how many words it has; one word without a day. */
const dayAt = (words: readonly string[], at: number, date: Day): [length: number, day: Day | undefined] => {
  for (let length = Math.min(maxWords, words.length - at); length > 0; length -= 1) {
    const day = pastedDay(words.slice(at, at + length).join(' '), date);
    if (day !== undefined) return [length, day];
  }
  return [1, undefined];
};

/** «14 au 15 mai» names two days. */
const isEndOfRange = (words: readonly string[], at: number): boolean =>
  /^(?:au|a|et|to|and|-|&)$/.test(words[at - 1] ?? '') && /^\d{1,2}(?:er)?$/.test(words[at - 2] ?? '');
