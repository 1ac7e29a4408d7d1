import { Temporal } from 'temporal-polyfill';
import { dayIn } from '../../../../calendar/formatting.js';
import type { Day } from '../../../../calendar/local-days.js';
import { languages } from '../../../../shared/text/text.js';
import { folded } from './own-headings.js';

const days = Array.from({ length: 366 }, (_, index) =>
  // A leap year has all days.
  Temporal.PlainDate.from('2024-01-01').add({ days: index }).toString(),
);
/** The days of a year by how they are written: «16 mai», «may 16». Made on first use: a year in two languages takes a moment. */
let monthDays: ReadonlyMap<string, string> | undefined;
const monthDayOf = (written: string): string | undefined => {
  monthDays ??= new Map(
    days.flatMap((day) => languages.map((language) => [folded(dayIn(language, day)), day.slice(4)] as const)),
  );
  return monthDays.get(written) ?? monthDays.get(written.replace(/^1 /, '1er '));
};

const weekday =
  /^(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|(?:mon|tues|wednes|thurs|fri|satur|sun)day),? /;

/** A day as a bulletin names it: «16 mai», «vendredi 15 mai», «dimanche 17 mai 2026». Without its year, the last one up to `date`. */
export const pastedDay = (written: string, date: Day): Day | undefined => {
  const [, named = '', year] =
    /^(.*?)(?:,? (\d{4}))?$/.exec(
      folded(written).replace(/ ?:$/, '').replace(weekday, '').replace(/^le /, ''),
    ) ?? [];
  const monthDay = monthDayOf(named);
  if (monthDay === undefined) return undefined;
  const inYear = (of: number): Day | undefined => {
    const day = `${String(of).padStart(4, '0')}${monthDay}`;
    // 29 February is in leap years alone.
    return monthDay === '-02-29' && !Temporal.PlainDate.from({ year: of, month: 1, day: 1 }).inLeapYear
      ? undefined
      : day;
  };
  if (year !== undefined) return inYear(Number(year));
  const current = Number(date.slice(0, 4));
  return [current, current - 1].map(inYear).find((day) => day !== undefined && day <= date);
};
