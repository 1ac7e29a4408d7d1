import { Temporal } from 'temporal-polyfill';
import { instant, milliseconds, type Instant } from '../shared/instant.js';

/** A day as people name it: `2026-05-15`. */
export type Day = string;

interface Interval {
  day: Day;
  /** Local midnight, which is the day's first instant. */
  start: Instant;
  /** The next local midnight, which is the next day's. */
  end: Instant;
}

const startOf = (day: Temporal.PlainDate, timeZone: string): Instant =>
  instant(day.toZonedDateTime(timeZone).startOfDay().epochMilliseconds);

const intervalOf = (day: Temporal.PlainDate, timeZone: string): Interval => ({
  day: day.toString(),
  start: startOf(day, timeZone),
  end: startOf(day.add({ days: 1 }), timeZone),
});

const intervalAround = (at: Instant, timeZone: string): Interval => {
  const named = Temporal.Instant.from(at).toZonedDateTimeISO(timeZone).toPlainDate();
  const interval = intervalOf(named, timeZone);
  // Where the clock is set back over midnight, an instant after midnight still carries yesterday's name.
  if (at >= interval.end) return intervalOf(named.add({ days: 1 }), timeZone);
  if (at < interval.start) return intervalOf(named.subtract({ days: 1 }), timeZone);
  return interval;
};

/** Days kept in the cache for each zone: a few months, since late events come from days ago, not from years. */
const keptDays = 512;
interface KnownDays {
  /** The local days that overlap a UTC day, by that UTC day; there are two of them. */
  days: Map<string, Interval[]>;
  /** The local day that was looked up last: events mostly come in the order they happened. */
  last: Interval | undefined;
}
const known = new Map<string, KnownDays>();
const utcDayLength = '2026-05-15'.length;

/**
 * The local day an instant falls in: the half-open interval between two local midnights, 23 to 25 hours long. The library says where
 * midnights are; its answers are cached, since each takes some 20 µs and events come by the hundred thousand. Instants are compared as
 * text: parsing them as numbers would take longer than all the rest.
 */
export const localDay = (at: Instant, timeZone: string): Day => {
  let zone = known.get(timeZone);
  if (!zone) known.set(timeZone, (zone = { days: new Map<string, Interval[]>(), last: undefined }));
  if (zone.last && holds(zone.last, at)) return zone.last.day;
  zone.last = knownInterval(zone.days, at) ?? learn(zone.days, at, timeZone);
  return zone.last.day;
};

const holds = ({ start, end }: Interval, at: Instant): boolean => start <= at && at < end;

const utcDayOf = (at: Instant): string => at.slice(0, utcDayLength);

const knownInterval = (days: KnownDays['days'], at: Instant): Interval | undefined =>
  days.get(utcDayOf(at))?.find((interval) => holds(interval, at));

const learn = (days: KnownDays['days'], at: Instant, timeZone: string): Interval => {
  const found = intervalAround(at, timeZone);
  if (days.size >= keptDays) days.clear();
  const utcDay = utcDayOf(at);
  days.set(utcDay, [...(days.get(utcDay) ?? []), found]);
  return found;
};

/** The day that many days before the given day. */
export const dayBefore = (day: Day, days = 1): Day =>
  Temporal.PlainDate.from(day).subtract({ days }).toString();

export const dayAfter = (day: Day): Day => dayBefore(day, -1);

export const firstOfMonth = (day: Day): Day => `${day.slice(0, 7)}-01`;

/** The instant a day begins in a zone, in milliseconds since 1970. */
export const startOfDay = (day: Day, timeZone: string): number =>
  milliseconds(startOf(Temporal.PlainDate.from(day), timeZone));

/** The instant a day ends in a zone, in milliseconds since 1970. */
export const endOfDay = (day: Day, timeZone: string): number =>
  milliseconds(intervalOf(Temporal.PlainDate.from(day), timeZone).end);

/**
 * The extent of a day over all time zones, which are from 14 hours ahead of UTC to 12 behind it: the day begins nowhere before `start`,
 * and ends nowhere after `end`.
 */
const widest = { ahead: '+14:00', behind: '-12:00' };
export const widestDay = (day: Day): { start: Instant; end: Instant } => ({
  start: instant(startOfDay(day, widest.ahead)),
  end: instant(endOfDay(day, widest.behind)),
});

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
