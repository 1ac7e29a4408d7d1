import type { Place } from '../../../src/tickets/domain/ticket.events.js';

/*
 * A second, independent implementation of the daily figures, from the events in the log, by the definitions of domain.md: a ticket is
 * the list of its moments, and everything is counted from that list. Nothing is shared with the product's own fold.
 */

/** The part of a log's event that the figures need. */
export interface LoggedEvent {
  position: bigint;
  stream: string;
  type: string;
  data: Record<string, unknown>;
  metadata: Record<string, unknown>;
}

export const countedNames = [
  'opened',
  'resolved',
  'resolvedSameDay',
  'reopened',
  'cancelled',
  'merged',
  'transferredIn',
  'transferredOut',
] as const;
type Counted = (typeof countedNames)[number];
export type Counts = Record<Counted, number>;

/** The counts other than zero, by «day establishment»; a key whose counts are all zero is absent. */
export type CountsByDay = Record<string, Partial<Counts>>;

interface Count {
  key: string;
  counted: Counted;
}

interface Moment {
  at: string;
  resolved: boolean;
}

interface Ticket {
  opening: { place: Place; day: string } | undefined;
  moments: Moment[];
  /** Whether the ticket is counted in resolvedSameDay now. */
  sameDay: boolean;
}

export class EventFold {
  private readonly tickets = new Map<string, Ticket>();
  private readonly counts = new Map<string, Counts>();

  add({ stream, type, data, metadata }: LoggedEvent): void {
    const at = metadata.occurredAt as string;
    const place = (data.at ?? data.from) as Place | undefined;
    const ticket = this.tickets.get(stream) ?? { opening: undefined, moments: [], sameDay: false };
    this.tickets.set(stream, ticket);
    for (const { key, counted } of directly(type, data, at)) this.count(key, counted, 1);
    if (type === 'TicketOpened') ticket.opening = { place: place!, day: localDay(at, place!.timeZone) };
    if (statusChanges.has(type)) {
      ticket.moments.push({ at, resolved: type === 'TicketResolved' || type === 'TicketClosed' });
    }
    this.countSameDay(ticket);
  }

  countsByDay(): CountsByDay {
    const counted = [...this.counts].map(
      ([key, counts]) =>
        [key, Object.fromEntries(Object.entries(counts).filter(([, n]) => n !== 0))] as const,
    );
    return Object.fromEntries(
      counted
        .filter(([, counts]) => Object.keys(counts).length > 0)
        .sort(([left], [right]) => (left < right ? -1 : 1)),
    );
  }

  /** Counts a ticket that was opened on a day and is resolved at the end of that day, in the zone in which it was opened. */
  private countSameDay(ticket: Ticket): void {
    if (!ticket.opening) return;
    const { place, day } = ticket.opening;
    const last = ticket.moments.findLast(({ at }) => localDay(at, place.timeZone) === day);
    const sameDay = last?.resolved === true;
    if (sameDay !== ticket.sameDay) {
      this.count(`${day} ${place.establishment}`, 'resolvedSameDay', sameDay ? 1 : -1);
    }
    ticket.sameDay = sameDay;
  }

  private count(key: string, counted: Counted, change: number): void {
    const none = Object.fromEntries(countedNames.map((name) => [name, 0])) as Counts;
    const counts = this.counts.get(key) ?? none;
    counts[counted] += change;
    this.counts.set(key, counts);
  }
}

const statusChanges = new Set([
  'TicketOpened',
  'WorkStarted',
  'TicketPutOnHold',
  'TicketResolved',
  'TicketClosed',
  'TicketReopened',
  'TicketCancelled',
  'TicketMerged',
]);

const directly = (type: string, data: Record<string, unknown>, at: string): Count[] => {
  const countAt = (counted: Counted, where: unknown): Count[] => {
    const { establishment, timeZone } = where as Place;
    return [{ key: `${localDay(at, timeZone)} ${establishment}`, counted }];
  };
  switch (type) {
    case 'TicketOpened':
      return countAt('opened', data.at);
    case 'TicketResolved':
      return countAt('resolved', data.at);
    case 'TicketReopened':
      return countAt('reopened', data.at);
    case 'TicketCancelled':
      return countAt('cancelled', data.at);
    case 'TicketMerged':
      return countAt('merged', data.at);
    case 'TicketTransferred':
      return [...countAt('transferredOut', data.from), ...countAt('transferredIn', data.to)];
    default:
      return [];
  }
};

const formats = new Map<string, Intl.DateTimeFormat>();
const localDay = (at: string, timeZone: string): string => {
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' });
  formats.set(timeZone, format);
  return format.format(new Date(at));
};

/** The counts of the events up to a position; by default of all. */
export const foldOf = (events: readonly LoggedEvent[], upTo?: bigint): CountsByDay => {
  const fold = new EventFold();
  for (const event of events) if (upTo === undefined || event.position <= upTo) fold.add(event);
  return fold.countsByDay();
};
