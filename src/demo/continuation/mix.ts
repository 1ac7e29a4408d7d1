import { Temporal } from 'temporal-polyfill';
import { sample, timeZone } from '../moved-week.js';

/** A ticket of the sample, as an example for others. */
export interface Example {
  /** Since local midnight. */
  secondOfDay: number;
  establishment: string;
  category: string;
  priority: string;
  team: string;
  title: string;
  /** From the opening to the first resolution; undefined where the sample ends before it. */
  resolvedAfterMs: number | undefined;
}

/** What days are like: the sample's own tickets, to be drawn from, so that whatever goes together there goes together here. */
export interface Mix {
  /** The tickets opened on each weekday, 1 for Monday; on its last occurrence, since the first two days are those of the launch. */
  byWeekday: ReadonlyMap<number, readonly Example[]>;
  /** How long tickets took that were not resolved within half a day. */
  longResolutionsMs: readonly number[];
}

interface SampleCommand {
  type: string;
  ticketId: string;
  occurredAt: string;
  establishment: string;
  category: string;
  priority: string;
  team: string;
  title: string;
}

const halfDayMs = 12 * 3_600_000;

/** Learns from the lines of the sample week, in their order. Repeated commands count once. */
export const learnMix = (lines: Iterable<string>): Mix => {
  const opened = new Map<string, SampleCommand>();
  const resolvedAt = new Map<string, number>();
  for (const line of lines) {
    const command = JSON.parse(line) as SampleCommand;
    if (command.type === 'open' && !opened.has(command.ticketId)) opened.set(command.ticketId, command);
    if (command.type === 'resolve' && !resolvedAt.has(command.ticketId))
      resolvedAt.set(command.ticketId, Date.parse(command.occurredAt));
  }
  const byDay = new Map<string, Example[]>();
  for (const [ticketId, command] of opened) {
    const day = command.occurredAt.slice(0, sample.first.length);
    const example = exampleOf(command, resolvedAt.get(ticketId));
    byDay.set(day, [...(byDay.get(day) ?? []), example]);
  }
  return {
    byWeekday: lastOfEachWeekday(byDay),
    longResolutionsMs: longResolutions([...byDay.values()].flat()),
  };
};

const exampleOf = (command: SampleCommand, resolvedAt: number | undefined): Example => {
  const { occurredAt, establishment, category, priority, team, title } = command;
  const local = Temporal.Instant.from(occurredAt).toZonedDateTimeISO(timeZone);
  return {
    secondOfDay: local.hour * 3_600 + local.minute * 60 + local.second,
    ...{ establishment, category, priority, team, title },
    resolvedAfterMs: resolvedAt === undefined ? undefined : resolvedAt - Date.parse(occurredAt),
  };
};

const lastOfEachWeekday = (byDay: ReadonlyMap<string, Example[]>): Map<number, Example[]> =>
  new Map(
    [...byDay]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([day, examples]) => [Temporal.PlainDate.from(day).dayOfWeek, examples]),
  );

const longResolutions = (examples: readonly Example[]): number[] =>
  examples.flatMap(({ resolvedAfterMs }) =>
    resolvedAfterMs !== undefined && resolvedAfterMs > halfDayMs ? [resolvedAfterMs] : [],
  );
