import { Temporal } from 'temporal-polyfill';
import { milliseconds, type Instant } from '../shared/instant.js';

/** A day as people name it: `2026-05-15`. */
export type Day = string;

interface Interval {
  day: Day;
  /** Milliseconds since 1970: from local midnight … */
  start: number;
  /** … to the next local midnight, which is the next day's. */
  end: number;
}

const startOf = (day: Temporal.PlainDate, timeZone: string): number =>
  day.toZonedDateTime(timeZone).startOfDay().epochMilliseconds;

const intervalOf = (day: Temporal.PlainDate, timeZone: string): Interval => ({
  day: day.toString(),
  start: startOf(day, timeZone),
  end: startOf(day.add({ days: 1 }), timeZone),
});

const intervalAround = (at: number, timeZone: string): Interval => {
  const named = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate();
  const interval = intervalOf(named, timeZone);
  // Where the clock is set back over midnight, an instant after midnight still carries yesterday's name.
  if (at >= interval.end) return intervalOf(named.add({ days: 1 }), timeZone);
  if (at < interval.start) return intervalOf(named.subtract({ days: 1 }), timeZone);
  return interval;
};

/** Days kept for each zone: a few months, since late events come from days ago, not from years. */
const keptDays = 512;
const known = new Map<string, Map<number, Interval>>();
const dayMs = 86_400_000;

/**
 * The local day an instant falls in: the half-open interval between two local midnights, 23 to 25 hours long.
 * The library says where midnights are; its answers are kept, since it takes some 20 µs and events come by the hundred thousand.
 */
export const localDay = (at: Instant, timeZone: string): Day => {
  const time = milliseconds(at);
  const intervals = known.get(timeZone) ?? new Map<number, Interval>();
  known.set(timeZone, intervals);
  // Keyed by the UTC day, which two local days share: a hit must hold the instant.
  const key = Math.floor(time / dayMs);
  const kept = intervals.get(key);
  if (kept && kept.start <= time && time < kept.end) return kept.day;
  const other = intervals.get(key + 0.5);
  if (other && other.start <= time && time < other.end) return other.day;
  const found = intervalAround(time, timeZone);
  if (intervals.size >= keptDays) intervals.clear();
  intervals.set(kept ? key + 0.5 : key, found);
  return found.day;
};

/** The instant a day ends in a zone, in milliseconds since 1970. */
export const endOfDay = (day: Day, timeZone: string): number =>
  intervalOf(Temporal.PlainDate.from(day), timeZone).end;

/** How many days there are from the first to the last, both included. */
export const countDays = (first: Day, last: Day): number =>
  Temporal.PlainDate.from(first).until(Temporal.PlainDate.from(last)).days + 1;

/** Every day from the first to the last, both included. */
export const daysBetween = (first: Day, last: Day): Day[] => {
  const days: Day[] = [];
  const end = Temporal.PlainDate.from(last);
  for (
    let day = Temporal.PlainDate.from(first);
    Temporal.PlainDate.compare(day, end) <= 0;
    day = day.add({ days: 1 })
  ) {
    days.push(day.toString());
  }
  return days;
};
