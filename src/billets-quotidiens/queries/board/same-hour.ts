import { Temporal } from 'temporal-polyfill';
import { dayBefore, localDay, type Day } from '../../../calendar/local-days.js';
import { instant, type Instant } from '../../../shared/instant.js';

/** Up to when a day of one time zone is counted: an instant of it, all of it, or nothing of it. */
export interface ZoneCut {
  timeZone: string;
  until: Instant | 'infinity' | '-infinity';
}

/**
 * Up to when the day before `today` is counted in a zone, to be compared with `today` as it is at `now`: up to the same time by the
 * zone's own clocks. Where `today` is over already, as east of the reporting zone after midnight, all of the day before is; where it has
 * not begun, nothing. A time that the day before lacks is taken as the clocks that were set forward show it, one that it has twice as
 * the first.
 */
export const sameHourBefore = (today: Day, now: Instant, timeZone: string): ZoneCut => {
  const local = localDay(now, timeZone);
  if (local > today) return { timeZone, until: 'infinity' };
  if (local < today) return { timeZone, until: '-infinity' };
  const time = Temporal.Instant.from(now).toZonedDateTimeISO(timeZone).toPlainTime();
  const then = Temporal.PlainDate.from(dayBefore(today)).toZonedDateTime({ timeZone, plainTime: time });
  return { timeZone, until: instant(then.epochMilliseconds) };
};
