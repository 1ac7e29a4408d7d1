import type { EventToAppend } from '../../platform/event-store/event-store.js';
import { evolve } from '../domain/ticket.js';
import type { TicketEvent } from '../domain/ticket.events.js';
import type { TicketHistory, TicketSnapshot } from './ticket-history.js';

/** A command is refused on a ticket that is not written yet: it has to be judged when it is. */
export class NotForeseen extends Error {}

/**
 * Commands about one ticket that are decided one after the other on a stream that is read once, and are to be written in one
 * append. What they come to holds only if that append gets through: it does where nobody else has written to the stream since.
 */
export class CommandsTogether {
  private readonly events: EventToAppend[] = [];
  private now: TicketSnapshot | undefined;
  private read: TicketHistory | undefined;

  /** Reads the stream, the first time. Throws where it is another ticket's: its events would go to the wrong one. */
  async history(ticketId: string, read: () => Promise<TicketHistory>): Promise<TicketHistory> {
    this.read ??= await read();
    this.now ??= this.read.snapshot();
    if (this.read.ticketId !== ticketId) throw new Error(`${ticketId} is not ${this.read.ticketId}`);
    return this.read;
  }

  /** The ticket as the commands so far leave it. Its position and time are still those of what is written. */
  get snapshot(): TicketSnapshot {
    if (!this.now) throw new Error('the stream has not been read');
    return this.now;
  }

  /** Takes what a command came to. */
  add(events: readonly TicketEvent[], encoded: readonly EventToAppend[]): TicketSnapshot {
    const { snapshot } = this;
    this.events.push(...encoded);
    this.now = {
      ...snapshot,
      ticket: events.reduce(evolve, snapshot.ticket),
      revision: snapshot.revision + events.length,
    };
    return this.now;
  }

  /** What is to be written; undefined where that is nothing. */
  get append(): { ticketId: string; expectedRevision: number; events: EventToAppend[] } | undefined {
    const { events, now } = this;
    if (!now || events.length === 0) return undefined;
    return { ticketId: now.ticketId, expectedRevision: now.revision - events.length, events };
  }
}
