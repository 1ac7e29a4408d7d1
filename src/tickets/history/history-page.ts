import { Injectable } from '@nestjs/common';
import { EventStore } from '../../platform/event-store/event-store.js';
import { TimeSlice } from '../../shared/concurrency/time-slice.js';
import type { HistoryRange } from './history.query.js';
import { decode, type RecordedTicketEvent } from '../domain/ticket.codec.js';
import { ticketStream, type TicketEvent } from '../domain/ticket.events.js';
import type { TicketHistory } from '../repository/ticket-history.js';
import { evolve, type Ticket } from '../domain/ticket.js';
import type { TextsErasure } from './sentences/sentences.js';
import { erasedEvent } from '../repository/erased-event.js';

/** An event with all its texts, and the ticket as it was before. */
export interface HistoryEntry {
  recorded: RecordedTicketEvent;
  before: Ticket;
}

export interface HistoryPage {
  entries: HistoryEntry[];
  /** Whether no entries follow. */
  isLast: boolean;
}

/** Why and when the ticket's texts were erased; undefined where they are there. */
export const erasureOf = (history: TicketHistory): TextsErasure | undefined => {
  const { ticket } = history.snapshot();
  if (ticket.status === 'unopened' || ticket.erasure === null) return undefined;
  const { at, reason } = ticket.erasure;
  return { at, reason, timeZone: ticket.at.timeZone };
};

const isInternal = (event: TicketEvent): boolean => event.type === 'NoteAdded' && event.internal;

/** Pages of tickets' histories: only the events of the page are read whole. */
@Injectable()
export class HistoryPages {
  constructor(private readonly store: EventStore) {}

  /** Reads one page, with only the events that its reader may read: `internal` says whether internal notes are among them. */
  async read(history: TicketHistory, range: HistoryRange, internal: boolean): Promise<HistoryPage> {
    const { revisions, isLast } = chosen(history, range, internal);
    const pages = await Promise.all(
      runsOf(revisions).map(([from, count]) =>
        this.store.readStream(ticketStream(history.ticketId), from, count),
      ),
    );
    const states = statesBefore(history, revisions);
    const isErased = erasureOf(history) !== undefined;
    const entries: HistoryEntry[] = [];
    const slice = new TimeSlice();
    for (const recorded of pages.flat()) {
      const before = states.get(recorded.revision);
      if (!before) throw new Error(`revision ${recorded.revision} was not asked for`);
      const decoded = decode(recorded);
      entries.push({
        recorded: isErased ? { ...decoded, event: erasedEvent(decoded.event) } : decoded,
        before,
      });
      if (slice.isOver) await slice.rest();
    }
    return { entries: range.order === 'oldest' ? entries : entries.reverse(), isLast };
  }
}

/** The revisions of the page's events, smallest first, whatever the order of the page. */
const chosen = (
  { events }: TicketHistory,
  { order, after, limit }: HistoryRange,
  internal: boolean,
): { revisions: number[]; isLast: boolean } => {
  const step = order === 'oldest' ? 1 : -1;
  const begin = after === undefined ? (order === 'oldest' ? 1 : events.length) : after + step;
  const revisions: number[] = [];
  for (let revision = begin; ; revision += step) {
    const recorded = events[revision - 1];
    if (!recorded) return { revisions: ascending(revisions, order), isLast: true };
    if (!internal && isInternal(recorded.event)) continue;
    if (revisions.length === limit) return { revisions: ascending(revisions, order), isLast: false };
    revisions.push(revision);
  }
};

const ascending = (revisions: number[], order: HistoryRange['order']): number[] =>
  order === 'oldest' ? revisions : revisions.reverse();

/** Runs of successive revisions, each read in one go: the first revision of a run and how many there are. */
const runsOf = (revisions: readonly number[]): [from: number, count: number][] => {
  const runs: [number, number][] = [];
  for (const revision of revisions) {
    const run = runs.at(-1);
    if (run && run[0] + run[1] === revision) run[1] += 1;
    else runs.push([revision, 1]);
  }
  return runs;
};

const statesBefore = (history: TicketHistory, revisions: readonly number[]): Map<number, Ticket> => {
  const [first = 1] = revisions;
  const wanted = new Set(revisions);
  const states = new Map<number, Ticket>();
  let { ticket } = history.snapshot(first - 1);
  for (const { event, revision } of history.events.slice(first - 1, revisions.at(-1))) {
    if (wanted.has(revision)) states.set(revision, ticket);
    ticket = evolve(ticket, event);
  }
  return states;
};
