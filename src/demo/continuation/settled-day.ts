import { endOfDay, type Day } from '../../calendar/local-days.js';
import { timeZone } from '../moved-week.js';
import type { Mix } from './mix.js';
import { plannedCommand, type PlannedCommand } from './planned-command.js';
import { plannedDay } from './planned-day.js';
import { numberBetween, randomFrom } from './random.js';
import { resolutionOf } from './texts.js';

/**
 * The tickets of a day before the sample: those of `plannedDay`, each resolved by the end of `last`, so that the sample begins without a
 * backlog, as it does alone. An opening and its resolution are beside each other, for a batch to have both: a backlog that is
 * counted meanwhile is off by one ticket at most.
 */
export const settledDay = (mix: Mix, day: Day, last: Day): PlannedCommand[] => {
  const random = randomFrom(`${day} settled`);
  const end = endOfDay(last, timeZone);
  const planned = plannedDay(mix, day);
  const resolutions = new Map(
    planned.flatMap((each) =>
      each.command.type === 'resolve' && each.at < end ? [[each.ticketId, each] as const] : [],
    ),
  );
  return planned.flatMap((opening) => {
    const { at, ticketId, command } = opening;
    if (command.type !== 'open') return [];
    const resolution = resolutionOf(random, String(command.category));
    const worked = () =>
      plannedCommand('resolve', ticketId, Math.floor(numberBetween(random, at, end)), { resolution });
    return [opening, resolutions.get(ticketId) ?? worked()];
  });
};
