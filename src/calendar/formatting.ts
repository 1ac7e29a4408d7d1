import { Temporal } from 'temporal-polyfill';
import type { Instant } from '../shared/instant.js';
import { memoized } from '../shared/memoized.js';
import { locales, type Language } from '../shared/text/text.js';
import { timeOfDay } from '../shared/time-of-day.js';

/** Stands between the digits of a number, and between a number and its unit, since a line must not break there. */
const noBreak = '\u00A0';

// A format of Intl takes forty times as long to make as to use.
const numberFormatOf = memoized((language: Language) =>
  memoized(
    (useGrouping: 'always' | 'min2') =>
      new Intl.NumberFormat(locales[language], { useGrouping, maximumFractionDigits: 2 }),
  ),
);

const nameFormats = {
  month: { month: 'long' },
  weekday: { weekday: 'long' },
  shortWeekday: { weekday: 'short' },
} as const;
const nameFormatOf = memoized((language: Language) =>
  memoized(
    (name: keyof typeof nameFormats) =>
      new Intl.DateTimeFormat(locales[language], { ...nameFormats[name], timeZone: 'UTC' }),
  ),
);

/**
 * A number in groups of three digits: «23 431». A number of four digits is grouped unless `groupFourDigits` is false: «2 250», or «1107»
 * as the bulletin prints tickets.
 */
export const numberIn = (language: Language, value: number, groupFourDigits = true): string =>
  numberFormatOf(language)(groupFourDigits ? 'always' : 'min2')
    .format(value)
    // Another version of the locale's data may use a narrow space.
    .replace(/\u202F/g, noBreak);

/** «78,1 %», "78.1%". */
export const percentIn = (language: Language, percent: number): string =>
  `${numberIn(language, percent)}${language === 'fr' ? `${noBreak}%` : '%'}`;

/** A quantity and its unit. */
export const quantityIn = (language: Language, value: number, unit: string | undefined): string => {
  if (unit === '%') return percentIn(language, value);
  return unit === undefined ? numberIn(language, value) : `${numberIn(language, value)}${noBreak}${unit}`;
};

/** A change with its sign: «+1», «−12». */
export const signedIn = (language: Language, change: number, groupFourDigits: boolean): string =>
  `${change < 0 ? '−' : '+'}${numberIn(language, Math.abs(change), groupFourDigits)}`;

const named = (language: Language, day: Temporal.PlainDate, name: keyof typeof nameFormats): string =>
  nameFormatOf(language)(name).format(Date.UTC(day.year, day.month - 1, day.day));

/** «16 mai», «1er mai»; "May 16". */
export const dayIn = (language: Language, day: string): string => {
  const date = Temporal.PlainDate.from(day);
  const month = named(language, date, 'month');
  return language === 'fr' ? `${date.day === 1 ? '1er' : date.day} ${month}` : `${month} ${date.day}`;
};

/** «vendredi 15 mai»; "Friday, May 15". */
export const weekdayIn = (language: Language, day: string): string =>
  `${named(language, Temporal.PlainDate.from(day), 'weekday')}${language === 'fr' ? '' : ','} ${dayIn(language, day)}`;

/** «ven. 15»; "Fri 15". */
export const shortWeekdayIn = (language: Language, day: string): string => {
  const date = Temporal.PlainDate.from(day);
  return `${named(language, date, 'shortWeekday')} ${date.day}`;
};

/** «dimanche 17 mai 2026»; "Sunday, May 17, 2026". */
export const dateIn = (language: Language, day: string): string =>
  `${weekdayIn(language, day)}${language === 'fr' ? '' : ','} ${Temporal.PlainDate.from(day).year}`;

/** «17 mai 2026 à 08h30»; "May 17, 2026, 08:30". By the clock of a zone. */
export const momentIn = (language: Language, at: Instant, timeZone: string): string => {
  const local = Temporal.Instant.from(at).toZonedDateTimeISO(timeZone);
  const day = dayIn(language, local.toPlainDate().toString());
  return language === 'fr'
    ? `${day} ${local.year} à ${timeOfDay(local, language)}`
    : `${day}, ${local.year}, ${timeOfDay(local, language)}`;
};

/** «08h30», or «17 mai, 08h30» where the day is not `currentDay`; "08:30", "May 17, 08:30". By the clock of a zone. */
export const timeIn = (
  language: Language,
  at: Instant,
  { timeZone, currentDay }: { timeZone: string; currentDay: string },
): string => {
  const local = Temporal.Instant.from(at).toZonedDateTimeISO(timeZone);
  const day = local.toPlainDate().toString();
  return day === currentDay
    ? timeOfDay(local, language)
    : `${dayIn(language, day)}, ${timeOfDay(local, language)}`;
};

export const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const units = {
  fr: { day: 'j', hour: 'h', minute: 'min', less: 'moins d’une minute' },
  en: { day: 'd', hour: 'h', minute: 'min', less: 'less than a minute' },
} as const satisfies Record<Language, unknown>;

/** «2 j 4 h», «3 h 12 min», «40 min»: the two largest units, of 24 hours and 60 minutes; smaller ones are dropped. */
export const durationIn = (language: Language, durationMs: number): string => {
  const { day, hour, minute, less } = units[language];
  const minutes = Math.floor(durationMs / 60_000);
  const hours = Math.floor(minutes / 60);
  const parts: [number, string][] =
    hours >= 24
      ? [
          [Math.floor(hours / 24), day],
          [hours % 24, hour],
        ]
      : [
          [hours, hour],
          [minutes % 60, minute],
        ];
  const words = parts
    .filter(([value]) => value > 0)
    .map(([value, unit]) => quantityIn(language, value, unit));
  return words.length === 0 ? less : words.join(noBreak);
};
