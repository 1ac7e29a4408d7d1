import { Injectable, Optional } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { DataKeys } from '../../keys/index.js';
import { EventStore, type RecordedEvent } from '../../platform/event-store/event-store.js';
import { TimeSlice } from '../../shared/concurrency/time-slice.js';
import { ticketStream } from '../domain/ticket.events.js';
import { TicketHistory } from './ticket-history.js';

/** Events read at a time: with the longest texts, a few megabytes. */
const pageSize = 100;
/** Events that are folded before the clock is looked at. */
const stepSize = 10;
/** Events kept in memory, over all streams; some 700 bytes each. */
const maxKeptEvents = 60_000;

/**
 * Loads tickets' streams, folded. A stream of more than a page is kept in memory, the least recently used dropped first, and only the
 * events that have come since are read: a ticket with thousands of notes would otherwise be read whole for every command about it. What
 * is kept is checked against its last event each time, since a log that was restored may lack it.
 */
@Injectable()
export class TicketHistories {
  private readonly kept = new LRUCache<string, TicketHistory>({
    maxSize: maxKeptEvents,
    // A stream that is longer than all that may be kept is kept alone.
    sizeCalculation: ({ events }) => Math.min(events.length, maxKeptEvents),
  });
  private readonly loading = new Map<string, Promise<unknown>>();

  constructor(
    private readonly store: EventStore,
    @Optional() keys?: DataKeys,
  ) {
    keys?.onDestroyed((ticketId) =>
      ticketId === undefined ? this.kept.clear() : this.kept.delete(ticketId),
    );
  }

  /** The ticket's history, with every event that was acknowledged before this call. Throws EventStoreUnavailable. */
  async load(ticketId: string): Promise<TicketHistory> {
    // A caller that comes while a long stream is read for the first time waits, and reads on from there.
    while (this.loading.has(ticketId)) await this.loading.get(ticketId)?.catch(() => undefined);
    const known = this.kept.get(ticketId);
    const first = await this.pageAfter(ticketId, known);
    if (first === undefined) {
      this.kept.delete(ticketId);
      return this.load(ticketId);
    }
    const history = (known ?? new TicketHistory(ticketId)).followedBy(first);
    if (first.length < pageSize) return known ? this.keep(history) : history;
    if (this.loading.has(ticketId)) return this.load(ticketId);
    return this.single(ticketId, () => this.readOn(history));
  }

  /** The first page of events after those that are kept; undefined where the log no longer holds the last of these. */
  private async pageAfter(
    ticketId: string,
    known: TicketHistory | undefined,
  ): Promise<RecordedEvent[] | undefined> {
    const last = known?.events.at(-1);
    if (!last) return this.store.readStream(ticketStream(ticketId), 1, pageSize);
    const [same, ...later] = await this.store.readStream(ticketStream(ticketId), last.revision, pageSize + 1);
    return same?.position === last.position && same.recordedAt === last.recordedAt ? later : undefined;
  }

  private async readOn(begun: TicketHistory): Promise<TicketHistory> {
    const slice = new TimeSlice();
    let history = begun;
    for (;;) {
      const { ticketId, events } = history;
      const page = await this.store.readStream(ticketStream(ticketId), events.length + 1, pageSize);
      for (let at = 0; at < page.length; at += stepSize) {
        history = history.followedBy(page.slice(at, at + stepSize));
        if (slice.isOver) await slice.rest();
      }
      if (page.length < pageSize) return this.keep(history);
    }
  }

  private async single(ticketId: string, read: () => Promise<TicketHistory>): Promise<TicketHistory> {
    const reading = read();
    this.loading.set(ticketId, reading);
    try {
      return await reading;
    } finally {
      this.loading.delete(ticketId);
    }
  }

  private keep(history: TicketHistory): TicketHistory {
    this.kept.set(history.ticketId, history);
    return history;
  }
}
