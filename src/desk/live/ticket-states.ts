import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import type { EventStore, RecordedEvent } from '../../platform/event-store/event-store.js';
import { mapLimit } from '../../shared/concurrency/map-limit.js';
import { TimeSlice } from '../../shared/concurrency/time-slice.js';
import { decode } from '../../tickets/domain/ticket.codec.js';
import { changeOf, mergedChange, type TicketChange } from '../ticket-change.js';
import { liveEvent, type LiveEvent } from './live-event.js';

/** Tickets kept in memory, most of them below 1 kB: tickets that have just changed are likely to change next. */
const maxKept = 5_000;
const maxConcurrentReads = 8;
/** Events of a stream that are read at a time: a few megabytes with the longest texts. */
const pageSize = 100;

/** Folds the log's events into tickets, so that the ticket right after each event is known. */
export class TicketStates {
  /** Tickets by stream; the least recently changed is dropped when the cache is full. A batch has fewer tickets than the cache holds. */
  private readonly known = new LRUCache<string, TicketChange>({ max: maxKept });

  constructor(
    private readonly store: EventStore,
    private readonly logger: Logger,
    /** The epoch of the log that is read. */
    private readonly epoch: string,
  ) {}

  /** The live events of successive events of the log. Throws EventStoreUnavailable. */
  async liveEvents(events: readonly RecordedEvent[]): Promise<LiveEvent[]> {
    await this.learn(events);
    return events.flatMap((recorded) => this.next(recorded) ?? []);
  }

  /** Reads the earlier events of the tickets that are not cached as they were right before their first event here. */
  private async learn(events: readonly RecordedEvent[]): Promise<void> {
    const firsts = new Map<string, RecordedEvent>();
    for (const event of events) if (!firsts.has(event.stream)) firsts.set(event.stream, event);
    const unknown = [...firsts.values()].filter(
      ({ stream, revision }) => revision > 1 && this.known.get(stream)?.revision !== revision - 1,
    );
    await mapLimit(maxConcurrentReads, unknown, (first) => this.read(first));
  }

  private async read({ stream, revision }: RecordedEvent): Promise<void> {
    this.known.delete(stream);
    const slice = new TimeSlice();
    for (let next = 1; next < revision; next += pageSize) {
      for (const earlier of await this.store.readStream(stream, next, Math.min(pageSize, revision - next))) {
        this.fold(earlier);
        if (slice.isOver) await slice.rest();
      }
    }
  }

  /**
   * The live event of the next event; undefined for a ticket that this code cannot read. Such a ticket is not counted either:
   * operators find it in the log, and all other tickets go on.
   */
  private next(recorded: RecordedEvent): LiveEvent | undefined {
    const ticket = this.fold(recorded);
    return ticket && liveEvent(recorded, ticket, this.epoch);
  }

  private fold(recorded: RecordedEvent): TicketChange | undefined {
    const { stream } = recorded;
    const before = this.known.get(stream);
    this.known.delete(stream);
    if (recorded.revision > 1 && before?.revision !== recorded.revision - 1) return undefined;
    try {
      const { event, revision, position, recordedAt: updatedAt } = decode(recorded);
      const change = changeOf(event, { revision, position, updatedAt });
      const after = before ? mergedChange(before, change) : change;
      this.known.set(stream, after);
      return after;
    } catch (error) {
      this.logger.error({ err: error, stream }, 'an event can’t be told live');
      return undefined;
    }
  }
}
