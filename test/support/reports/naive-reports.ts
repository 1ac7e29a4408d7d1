import type { RecordedEvent } from '../../../src/platform/event-store/event-store.js';
import type { Place } from '../../../src/tickets/domain/ticket.events.js';

/*
 * A second implementation of the reports, from the events in the log and the text of domain.md, as plainly as possible. Nothing of it is
 * shared with the product.
 */

export interface NaiveTicket {
  ticketId: string;
  establishment: string;
  team: string | null;
  category: string;
  /** The day it counts on. */
  day: string;
  /** In milliseconds; null: its end has not come. */
  duration: number | null;
}

export interface NaiveQuestion {
  report: 'responses' | 'resolutions' | 'ageing' | 'reopened';
  from: string;
  to: string;
  /** When ages are measured, where the last day is not over then. */
  knownAt: string;
}

const formats = new Map<string, Intl.DateTimeFormat>();
const dayOf = (at: number, { timeZone }: Place): string => {
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' });
  formats.set(timeZone, format);
  return format.format(at);
};

/** The first instant after a day at a place, found by halving. */
const endOf = (day: string, place: Place): number => {
  let [within, after] = [Date.parse(`${day}T00:00:00Z`) - 40e6, Date.parse(`${day}T00:00:00Z`) + 200e6];
  while (after - within > 1) {
    const middle = Math.floor((within + after) / 2);
    if (dayOf(middle, place) > day) after = middle;
    else within = middle;
  }
  return after;
};

const happenedAt = ({ metadata }: RecordedEvent): number => Date.parse(metadata.occurredAt as string);

const lifeOf = (events: readonly RecordedEvent[]) => {
  const [opening] = events;
  if (opening?.type !== 'TicketOpened') throw new Error('a life begins with its opening');
  const lastOf = <Value>(types: readonly string[], name: string, otherwise: Value): Value =>
    (events.findLast(({ type, data }) => types.includes(type) && data[name] !== undefined)?.data[name] ??
      otherwise) as Value;
  return {
    opening: opening.data.at as Place,
    openedAt: happenedAt(opening),
    named: {
      ticketId: opening.stream.slice('ticket-'.length),
      team: lastOf<string | null>(['TicketOpened', 'TicketAssigned'], 'team', null),
      category: lastOf(['TicketOpened', 'TicketRecategorized'], 'category', ''),
    },
  };
};

const responsesOf = (events: readonly RecordedEvent[]): NaiveTicket[] => {
  const { opening, openedAt, named } = lifeOf(events);
  const responses = events
    .filter(
      ({ type, data }) =>
        ['WorkStarted', 'TicketPutOnHold', 'TicketResolved'].includes(type) ||
        (type === 'TicketAssigned' && typeof data.assignee === 'string'),
    )
    .map((event) => Math.max(0, happenedAt(event) - openedAt));
  const duration = responses.length === 0 ? null : Math.min(...responses);
  return [{ ...named, establishment: opening.establishment, day: dayOf(openedAt, opening), duration }];
};

const resolutionsOf = (events: readonly RecordedEvent[], toReopening: boolean): NaiveTicket[] => {
  const { openedAt, named } = lifeOf(events);
  return events.flatMap((event, index) => {
    if (event.type !== 'TicketResolved') return [];
    const at = event.data.at as Place;
    const resolvedAt = happenedAt(event);
    const reopening = events.slice(index).find(({ type }) => type === 'TicketReopened');
    const untilReopening = reopening ? happenedAt(reopening) - resolvedAt : null;
    const duration = toReopening ? untilReopening : resolvedAt - openedAt;
    return [{ ...named, establishment: at.establishment, day: dayOf(resolvedAt, at), duration }];
  });
};

const activeOf = (events: readonly RecordedEvent[], { to, knownAt }: NaiveQuestion): NaiveTicket[] => {
  const { openedAt, named } = lifeOf(events);
  const leaves = ['TicketResolved', 'TicketCancelled', 'TicketMerged', 'TicketTransferred'];
  return events.flatMap((event, index) => {
    if (!['TicketOpened', 'TicketReopened', 'TicketTransferred'].includes(event.type)) return [];
    const place = (event.data.to ?? event.data.at) as Place;
    const leaving = events.slice(index + 1).find(({ type }) => leaves.includes(type));
    const begun = dayOf(happenedAt(event), place) <= to;
    const over = leaving !== undefined && dayOf(happenedAt(leaving), place) <= to;
    if (!begun || over) return [];
    const age = Math.min(endOf(to, place), Date.parse(knownAt)) - openedAt;
    return [{ ...named, establishment: place.establishment, day: to, duration: Math.max(0, age) }];
  });
};

/** What a report counts of these events. */
export const naiveReport = (events: readonly RecordedEvent[], question: NaiveQuestion): NaiveTicket[] => {
  const lives = new Map<string, RecordedEvent[]>();
  for (const event of events) lives.set(event.stream, [...(lives.get(event.stream) ?? []), event]);
  return [...lives.values()]
    .flatMap((life) => {
      if (question.report === 'ageing') return activeOf(life, question);
      if (question.report === 'responses') return responsesOf(life);
      return resolutionsOf(life, question.report === 'reopened');
    })
    .filter(({ day }) => day <= question.to && (question.report === 'ageing' || day >= question.from));
};

/** The nearest rank: of n durations in order, number ⌈n × tenths / 10⌉, in seconds. */
const nearestRank = (tickets: readonly NaiveTicket[], tenths: number): number | null => {
  const durations = tickets.flatMap(({ duration }) => duration ?? []).sort((a, b) => a - b);
  const found = durations[Math.ceil((durations.length * tenths) / 10) - 1];
  return found === undefined ? null : found / 1_000;
};

const hour = 3_600_000;

/** What the report says of these tickets, by the names of the contract. */
export const naiveMeasures = (
  { report }: Pick<NaiveQuestion, 'report'>,
  tickets: readonly NaiveTicket[],
  opened: number,
): Record<string, unknown> => {
  const percentiles = { medianSeconds: nearestRank(tickets, 5), p90Seconds: nearestRank(tickets, 9) };
  const timed = tickets.filter(({ duration }) => duration !== null);
  const aged = (from: number, to: number): number =>
    timed.filter(({ duration }) => duration! >= from * hour && duration! < to * hour).length;
  const all = tickets.length;
  switch (report) {
    case 'responses':
      return { tickets: all, answered: timed.length, ...percentiles };
    case 'resolutions':
      return { opened, resolved: all, ...percentiles };
    case 'ageing': {
      const byAge = { lt1d: aged(0, 24), d1to3: aged(24, 72), d3to7: aged(72, 168), gt7d: aged(168, 1e9) };
      return { tickets: all, byAge, ...percentiles };
    }
    case 'reopened':
      return {
        ...{ resolved: all, reopened: timed.length },
        rate: all === 0 ? null : Number((timed.length / all).toFixed(4)),
        ...percentiles,
      };
  }
};
