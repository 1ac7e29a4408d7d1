import { startOfDay, type Day } from '../../calendar/local-days.js';
import { timeZone } from '../moved-week.js';
import type { Mix } from './mix.js';
import { plannedCommand, type PlannedCommand } from './planned-command.js';
import { neverResolved } from './planned-day.js';
import { numberBetween, pick, randomFrom } from './random.js';
import { resolutionOf } from './texts.js';

export interface ActiveTicket {
  ticketId: string;
  category: string;
}

/**
 * How what the sample leaves active is resolved from the day after it on: each is somewhere in the time that such a ticket took there, and
 * has the rest of it before itself. Some are never resolved, as of those that are generated.
 */
export const workedOff = (mix: Mix, active: readonly ActiveTicket[], from: Day): PlannedCommand[] => {
  const begins = startOfDay(from, timeZone);
  return active.flatMap(({ ticketId, category }) => {
    const random = randomFrom(ticketId);
    if (random() < neverResolved) return [];
    const at = begins + Math.round(numberBetween(random, 0, 1) * pick(random, mix.longResolutionsMs));
    return [plannedCommand('resolve', ticketId, at, { resolution: resolutionOf(random, category) })];
  });
};
