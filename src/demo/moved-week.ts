import { Temporal } from 'temporal-polyfill';
import { dayBefore, type Day } from '../calendar/local-days.js';

/** The days of the sample, and the one of the real bulletin. */
export const sample = { first: '2026-05-09', last: '2026-05-17', bulletin: '2026-05-15' } as const;

/** Of both establishments of the sample. */
export const timeZone = 'America/Toronto';

/** Today where the sample happens. */
export const sampleToday = (): string => Temporal.Now.plainDateISO(timeZone).toString();

/** By how many whole weeks the sample is moved so that its last day is one of the seven before today: weekdays stay what they are. */
export const weeksUntil = (today: string): number => {
  const { days } = Temporal.PlainDate.from(sample.last).until(today, { largestUnit: 'day' });
  return Math.floor((days - 1) / 7);
};

export const movedDay = (day: string, weeks: number): string =>
  Temporal.PlainDate.from(day).add({ weeks }).toString();

/** A line of the sample with its time moved: the clock on the wall shows the same, also where summer time begins or ends in between. */
export const movedLine = (line: string, weeks: number): string =>
  line.replace(
    /"occurredAt": ?"([^"]+)"/,
    (_whole, occurredAt: string) => `"occurredAt": "${movedTime(occurredAt, weeks)}"`,
  );

const movedTime = (occurredAt: string, weeks: number): string =>
  Temporal.Instant.from(occurredAt)
    .toZonedDateTimeISO(timeZone)
    .toPlainDateTime()
    .add({ weeks })
    .toZonedDateTime(timeZone)
    .toString({ timeZoneName: 'never', fractionalSecondDigits: 3 });

/**
 * With the nine days of the sample, more than the 31 that a forecast needs: with fewer, the empty Sunday at its end would be a tenth of the
 * errors that the interval is of.
 */
const earlierDays = 28;

/** The days before the moved sample that are filled, the newest first: the days with tickets never have a gap. */
export const daysBeforeSample = (weeks: number): Day[] =>
  Array.from({ length: earlierDays }, (_, index) => dayBefore(movedDay(sample.first, weeks), index + 1));
