import { LRUCache } from 'lru-cache';
import type { EventStore } from '../../platform/event-store/event-store.js';
import { mapLimit } from '../../shared/map-limit.js';
import { decodeEvent } from '../../tickets/domain/ticket.codec.js';
import { ticketStream } from '../../tickets/domain/ticket.events.js';
import type { LiveEvent } from './live-event.js';

const maxKept = 20_000;
/** One statement reads so many streams. */
const readsAtOnce = 256;

interface Place {
  establishment: string;
  /** Of the event that brought it there, or a later one. */
  revision: number;
}

/**
 * At which establishment tickets are now, so that what is replayed of one that has left is not read where it was. It is kept
 * current by the reading of the log that hears every event; what that has not met is read from the ticket's own stream.
 */
export class Whereabouts {
  /** The ticket that was heard of or asked for least recently is dropped when there are too many. */
  private readonly known = new LRUCache<string, Place>({ max: maxKept });

  constructor(private readonly store: EventStore) {}

  /** Undefined where it is not known: `learn` first. */
  now(ticketId: string): string | undefined {
    return this.known.get(ticketId)?.establishment;
  }

  hear(events: readonly LiveEvent[]): void {
    for (const { ticketId, establishment, revision } of events)
      this.set(ticketId, { establishment, revision });
  }

  /** Looks up where the tickets of these events are, all of them where what is known may be behind. Throws EventStoreUnavailable. */
  async learn(events: readonly LiveEvent[], behind: boolean): Promise<void> {
    const asked = [...new Set(events.map(({ ticketId }) => ticketId))];
    const unknown = behind ? asked : asked.filter((ticketId) => !this.known.has(ticketId));
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
      // Written by newer code: wherever that brought the ticket, it is nobody's here.
      return { establishment: '', revision };
    }
  }

  /** A stream may have been read before an event that was heard meanwhile. */
  private set(ticketId: string, place: Place): void {
    const before = this.known.get(ticketId);
    this.known.set(ticketId, before && before.revision > place.revision ? before : place);
  }
}
