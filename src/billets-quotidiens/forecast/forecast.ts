import { dayBefore, type Day } from '../../calendar/local-days.js';
import { medianOf, predictiveRange } from '../../shared/quantiles.js';

/** What is said of a day that is to come. */
export interface ForecastDay {
  day: Day;
  /** Days after the last finished one. */
  ahead: number;
  expected: number;
  /** Between these, both included, `claimedCoverage` of such forecasts had the day. */
  low: number;
  high: number;
  /** The median of what past forecasts as far ahead were off, in per cent of what came. */
  usualError: number;
  /** How many past forecasts that is of. */
  pastForecasts: number;
}

export type Forecast =
  | { days: readonly ForecastDay[] }
  /** Too little has happened yet to say anything. */
  | { missing: { has: number; needs: number } };

export const daysAhead = [1, 2, 3] as const;
/** The share of days that their intervals claim to hold. */
export const claimedCoverage = 0.8;
/** A weekday is measured by its last occurrences, at most so many and at least two. */
const maxWeeks = 6;
const minWeeks = 2;
/** The days by which the level of all weekdays is corrected. */
const levelDays = 7;
/** Past forecasts that errors are learned from: six weeks of them, two at least. */
const maxOrigins = 42;
const minOrigins = 14;
/** Finished days that a forecast needs: the weeks of the earliest past one, the past ones, and what they were of. */
export const minDays = minWeeks * 7 + minOrigins + daysAhead.length;
/** More of them change nothing. */
export const usedDays = maxWeeks * 7 + maxOrigins + daysAhead.length;

/**
 * The counts of the next three days, from those of finished days, oldest first, without a gap, the last of them `last`. The method is a
 * seasonal median with a level correction: the median of the weekday's last six counts, times the median of what the last seven days were
 * of theirs. A single day out of line moves neither. Intervals are of the errors of the same forecast made on each of the last 42 days, on
 * the scale of square roots, on which counts err alike whatever their size.
 */
export const forecastOf = (counts: readonly number[], last: Day): Forecast => {
  if (counts.length < minDays) return { missing: { has: counts.length, needs: minDays } };
  const forecast = forecaster(counts);
  return {
    days: daysAhead.map((ahead) => {
      const expected = forecast(counts.length, ahead);
      const past = originsOf(counts.length, ahead).map((end) => ({
        said: forecast(end, ahead),
        came: counts[end - 1 + ahead] ?? 0,
      }));
      const errors = past.map(({ came, said }) => Math.sqrt(came) - Math.sqrt(said));
      const [below, above] = predictiveRange(errors, claimedCoverage);
      const at = (error: number) => Math.max(0, Math.sqrt(expected) + error) ** 2;
      return {
        day: dayBefore(last, -ahead),
        ahead,
        expected: Math.round(expected),
        low: Math.min(Math.floor(at(below) + rounding), Math.round(expected)),
        high: Math.max(Math.ceil(at(above) - rounding), Math.round(expected)),
        usualError: usualError(past),
        pastForecasts: past.length,
      };
    }),
  };
};

/** What squares of square roots are off at most. */
const rounding = 1e-6;

/** The lengths of the series that past forecasts as far ahead were made from, whose days have come. */
const originsOf = (length: number, ahead: number): number[] => {
  const last = length - ahead;
  const first = Math.max(minWeeks * 7, last - maxOrigins + 1);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
};

/** The forecast of the day so many days after the first `end` of these, which rests on nothing but them. */
const forecaster = (counts: readonly number[]): ((end: number, ahead: number) => number) => {
  // Of each day, what the same weekday had in the weeks before it.
  const usual = Array.from({ length: counts.length + 7 }, (_, index) => weekdayMedian(counts, index));
  // One more on both sides: a day without any is no infinite ratio. A week later a day is among what is usual for it.
  const ratios = counts.map((count, index) => (count + 1) / ((usual[index + 7] ?? 0) + 1));
  return (end, ahead) => {
    const level = medianOf(ratios.slice(Math.max(0, end - levelDays), end));
    return Math.max(0, ((usual[end - 1 + ahead] ?? 0) + 1) * level - 1);
  };
};

/** The median of the counts one week before this index, two weeks before it, and so on. */
const weekdayMedian = (counts: readonly number[], index: number): number =>
  medianOf(
    Array.from({ length: maxWeeks }, (_, week) => counts[index - 7 * (week + 1)]).flatMap(
      (count) => count ?? [],
    ),
  );

/** In per cent of what came; where nothing came, of one. */
const usualError = (past: readonly { said: number; came: number }[]): number =>
  Math.round(medianOf(past.map(({ said, came }) => (100 * Math.abs(said - came)) / Math.max(came, 1))));
