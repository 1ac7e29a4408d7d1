import type { RecordedEvent } from '../platform/event-store/event-store.js';
import type { Instant } from '../shared/instant.js';
import { evolve, unopened, type Ticket } from './ticket.js';
import { decode, type RecordedTicketEvent } from './ticket.codec.js';

/** A ticket as its stream tells it: the state, and where the stream stands. */
export interface TicketSnapshot {
  ticketId: string;
  ticket: Ticket;
  /** How many events the stream holds; 0 for a ticket that was never opened. */
  revision: number;
  position: bigint;
  /** When the newest event was recorded. */
  updatedAt: Instant | null;
}

/** Whether an event was caused by a command that came after another one when both were sent before, in the same batch. */
export type SentAfter = (event: RecordedTicketEvent) => boolean;

/** A ticket's whole stream. */
export class TicketHistory {
  readonly events: readonly RecordedTicketEvent[];

  constructor(
    readonly ticketId: string,
    recorded: readonly RecordedEvent[],
  ) {
    this.events = recorded.map(decode);
  }

  /** As the ticket is now, or as it was after its first `revision` events. */
  snapshot(revision = this.events.length): TicketSnapshot {
    const events = this.events.slice(0, revision);
    const last = events.at(-1);
    return {
      ticketId: this.ticketId,
      ticket: events.reduce((ticket, { event }) => evolve(ticket, event), unopened),
      revision: events.length,
      position: last?.position ?? 0n,
      updatedAt: last?.recordedAt ?? null,
    };
  }

  /** The last event that the command caused, if it was applied to this ticket. */
  causedBy(commandId: string): RecordedTicketEvent | undefined {
    return this.events.findLast(({ metadata }) => metadata.commandId === commandId);
  }

  /** As the ticket was before the first of its events that is meant; undefined where none is. */
  before(isMeant: SentAfter): TicketSnapshot | undefined {
    const first = this.events.findIndex(isMeant);
    return first === -1 ? undefined : this.snapshot(first);
  }
}
