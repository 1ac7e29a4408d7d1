import { memoized } from '../../../shared/memoized.js';
import { locales, type Language, type Text } from '../../../shared/text/text.js';
import { timeOfDay } from '../../../shared/time-of-day.js';

const minuteMs = 60_000;
/** The largest unit is for whatever is older. */
const units: readonly [ms: number, upTo: number, unit: Text][] = [
  [minuteMs, 60, { fr: 'min', en: 'min' }],
  [60 * minuteMs, 48, { fr: 'h', en: 'h' }],
  [1_440 * minuteMs, Infinity, { fr: 'j', en: 'd' }],
];

/** How old something is, in one unit: «12 min», «3 h», «5 j». */
export const ageOf = (instant: string, now: number, language: Language): string => {
  const ms = Math.max(0, now - Date.parse(instant));
  const [found] = units.filter(([unitMs, upTo]) => ms < upTo * unitMs);
  return found ? `${Math.floor(ms / found[0])}\u00a0${found[2][language]}` : '';
};

const formats = {
  ofThisYear: { day: 'numeric', month: 'short' },
  ofAnotherYear: { day: 'numeric', month: 'short', year: 'numeric' },
  full: { dateStyle: 'full' },
} as const;
const formatOf = memoized((language: Language) =>
  memoized((format: keyof typeof formats) => new Intl.DateTimeFormat(locales[language], formats[format])),
);

const clockOf = (at: Date, language: Language): string =>
  timeOfDay({ hour: at.getHours(), minute: at.getMinutes() }, language);

/** An instant as a time, with the date where it is of another day than today. */
export const momentOf = (instant: string | number, now: number, language: Language): string => {
  const at = new Date(instant);
  const time = clockOf(at, language);
  if (at.toDateString() === new Date(now).toDateString()) return time;
  const isThisYear = at.getFullYear() === new Date(now).getFullYear();
  const day = formatOf(language)(isThisYear ? 'ofThisYear' : 'ofAnotherYear');
  return `${day.format(at)}, ${time}`;
};

/** An instant in full, for whoever points at it. */
export const fullMoment = (instant: string, language: Language): string =>
  `${formatOf(language)('full').format(new Date(instant))}, ${clockOf(new Date(instant), language)}`;

/** The size of a file in one unit. */
export const sizeOf = (bytes: number, language: Language): string => {
  const [value, unit] = bytes < 1_000_000 ? [bytes / 1_000, 'kilobyte'] : [bytes / 1_000_000, 'megabyte'];
  return new Intl.NumberFormat(locales[language], {
    ...{ style: 'unit', unit, unitDisplay: 'short' },
    maximumFractionDigits: value < 10 ? 1 : 0,
  }).format(value);
};
