import { endOfDay, type Day } from '../../calendar/local-days.js';
import { timeZone } from '../moved-week.js';
import type { Mix } from './mix.js';
import { plannedCommand, type PlannedCommand } from './planned-command.js';
import { plannedDay } from './planned-day.js';
import { numberBetween, randomFrom } from './random.js';
import { resolutionOf } from './texts.js';

/**
 * The tickets of a day before the sample: those of `plannedDay`, each begun, and resolved by the end of `last`, so that the sample begins
 * without a backlog, as it does alone. The commands of a ticket are beside each other, for a batch to have all of them: a backlog that is
 * counted meanwhile is off by one ticket at most.
 */
export const settledDay = (mix: Mix, day: Day, last: Day): PlannedCommand[] => {
  const random = randomFrom(`${day} settled`);
  const end = endOfDay(last, timeZone);
  const planned = plannedDay(mix, day);
  const ofType = (type: string) =>
    new Map(planned.flatMap((each) => (each.command.type === type ? [[each.ticketId, each] as const] : [])));
  const [starts, resolutions] = [ofType('start'), ofType('resolve')];
  return planned.flatMap((opening) => {
    const { at, ticketId, command } = opening;
    if (command.type !== 'open') return [];
    const resolution = resolutionOf(random, String(command.category));
    const resolved =
      soonEnough(resolutions.get(ticketId), end) ??
      plannedCommand('resolve', ticketId, Math.floor(numberBetween(random, at + 2, end)), { resolution });
    const started =
      soonEnough(starts.get(ticketId), resolved.at) ??
      plannedCommand('start', ticketId, Math.floor(numberBetween(random, at + 1, resolved.at)));
    return [opening, started, resolved];
  });
};

/** What is planned at a time before a limit. */
const soonEnough = (planned: PlannedCommand | undefined, limit: number): PlannedCommand | undefined =>
  planned && planned.at < limit ? planned : undefined;
