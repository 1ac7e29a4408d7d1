import { LRUCache } from 'lru-cache';
import type { EventStore } from '../../platform/event-store/event-store.js';
import { mapLimit } from '../../shared/concurrency/map-limit.js';
import { decodeEvent } from '../../tickets/domain/ticket.codec.js';
import { ticketStream } from '../../tickets/domain/ticket.events.js';
import type { LiveEvent } from './live-event.js';

const maxKept = 20_000;
/** Streams that the event store reads in one statement. */
const readsAtOnce = 256;

interface Place {
  establishment: string;
  /** The revision of the event that brought the ticket there, or of a later one. */
  revision: number;
}

/**
 * The establishment at which each ticket is now, so that replayed events of a ticket that has left are not read where it was. The
 * shared reading of the log, which sees every event, keeps this cache current; a ticket that the reading has not met is looked up
 * in its own stream.
 */
export class Whereabouts {
  /** Places by ticket; the least recently used is dropped when the cache is full. */
  private readonly known = new LRUCache<string, Place>({ max: maxKept });

  constructor(private readonly store: EventStore) {}

  /** The establishment of a ticket; undefined where it is not known: call `learn` first. */
  now(ticketId: string): string | undefined {
    return this.known.get(ticketId)?.establishment;
  }

  hear(events: readonly LiveEvent[]): void {
    for (const { ticketId, establishment, revision } of events)
      this.set(ticketId, { establishment, revision });
  }

  /** Looks up the places of these events' tickets: all where the cache may be behind, else the unknown. Throws EventStoreUnavailable. */
  async learn(events: readonly LiveEvent[], behind: boolean): Promise<void> {
    const tickets = [...new Set(events.map(({ ticketId }) => ticketId))];
    const unknown = behind ? tickets : tickets.filter((ticketId) => !this.known.has(ticketId));
    await mapLimit(readsAtOnce, unknown, async (ticketId) => {
      const place = await this.read(ticketId);
      if (place) this.set(ticketId, place);
    });
  }

  private async read(ticketId: string): Promise<Place | undefined> {
    const recorded = await this.store.readStream(ticketStream(ticketId));
    const moved = recorded.findLast(({ type }) => type === 'TicketTransferred' || type === 'TicketOpened');
    if (!moved) return undefined;
    const { revision } = moved;
    try {
      const event = decodeEvent(moved);
      if (event.type === 'TicketTransferred') return { establishment: event.to.establishment, revision };
      return event.type === 'TicketOpened' ? { establishment: event.at.establishment, revision } : undefined;
    } catch {
      // Newer code wrote the event, and its place can’t be read here: no list of establishments includes an empty code.
      return { establishment: '', revision };
    }
  }

  /** Keeps the newer place: a stream may have been read before an event that the shared reading met meanwhile. */
  private set(ticketId: string, place: Place): void {
    const before = this.known.get(ticketId);
    this.known.set(ticketId, before && before.revision > place.revision ? before : place);
  }
}
