import { Temporal } from 'temporal-polyfill';
import { endOfDay, startOfDay, type Day } from '../../calendar/local-days.js';
import { timeZone } from '../moved-week.js';
import type { Example, Mix } from './mix.js';
import { nameOf, plannedCommand, type PlannedCommand } from './planned-command.js';
import { numberBetween, pick, randomFrom, type Random } from './random.js';
import { resolutionOf, titleLike } from './texts.js';

/** Of tickets that the sample leaves unresolved, some are never resolved. */
export const neverResolved = 0.1;
const jitterMs = 8 * 60_000;

/**
 * What happens to the tickets that are opened on a day, in the order of time: as many as on that weekday of the sample, give or take 6 %,
 * each drawn from there. It depends on nothing but the day and the sample, and goes on into the days after it.
 */
export const plannedDay = (mix: Mix, day: Day): PlannedCommand[] => {
  const random = randomFrom(day);
  const examples = mix.byWeekday.get(Temporal.PlainDate.from(day).dayOfWeek) ?? [];
  const count = Math.round(examples.length * numberBetween(random, 0.94, 1.06));
  const hours = { start: startOfDay(day, timeZone), end: endOfDay(day, timeZone) };
  return Array.from({ length: count }, (_, index) =>
    ticketLike(random, pick(random, examples), { day, hours, index, mix }),
  )
    .flat()
    .sort((a, b) => a.at - b.at);
};

/** From its midnight to the next one, in milliseconds since 1970. */
interface Hours {
  start: number;
  end: number;
}

const ticketLike = (
  random: Random,
  example: Example,
  { day, hours, index, mix }: { day: Day; hours: Hours; index: number; mix: Mix },
): PlannedCommand[] => {
  const ticketId = nameOf(`${day} ${index}`);
  const { establishment, category, priority, team, title } = example;
  const openedAt = openingTime(random, example, hours);
  const opening = plannedCommand('open', ticketId, openedAt, {
    establishment,
    title: titleLike(random, title),
    ...{ category, priority, team },
  });
  const takes = resolvedAfter(random, example, mix);
  // Work has begun on what is not resolved, too; half a day is long for a start.
  const startsAfter = numberBetween(random, 0.05, 0.5) * Math.min(takes ?? Infinity, 6 * 3_600_000);
  const start = plannedCommand('start', ticketId, openedAt + Math.round(startsAfter));
  if (takes === undefined) return [opening, start];
  const resolution = resolutionOf(random, category);
  return [opening, start, plannedCommand('resolve', ticketId, openedAt + Math.round(takes), { resolution })];
};

/** Some minutes off the example's time of the day, never off its day. */
const openingTime = (random: Random, { secondOfDay }: Example, { start, end }: Hours): number => {
  const at = start + secondOfDay * 1_000 + numberBetween(random, -jitterMs, jitterMs);
  return Math.round(Math.min(Math.max(at, start), end - 1_000));
};

const resolvedAfter = (random: Random, { resolvedAfterMs }: Example, mix: Mix): number | undefined => {
  const factor = numberBetween(random, 0.85, 1.15);
  if (resolvedAfterMs !== undefined) return resolvedAfterMs * factor;
  return random() < neverResolved ? undefined : pick(random, mix.longResolutionsMs) * factor;
};
