import type { RecordedEvent } from '../../platform/event-store/event-store.js';
import type { Instant } from '../../shared/instant.js';
import { evolve, unopened, type Ticket } from '../domain/ticket.js';
import { decode, type RecordedTicketEvent } from '../domain/ticket.codec.js';
import { erasedEvent } from './erased-event.js';

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

/** Whether an event was caused by a command that came after another one when both were first sent, in the same batch. */
export type SentAfter = (event: RecordedTicketEvent) => boolean;

/** Events between two states that are kept: an earlier state is folded from the nearest one before it. */
const checkpointEvery = 256;

/**
 * A ticket's whole stream, as far as the ticket's state depends on it: texts that the state does not hold are left out (`withoutTexts`),
 * so that thousands of notes can be kept in memory. Once they are erased, they are in none of its states.
 */
export class TicketHistory {
  readonly events: readonly RecordedTicketEvent[];
  private readonly checkpoints: readonly Ticket[];
  private readonly last: Ticket;

  constructor(
    readonly ticketId: string,
    recorded: readonly RecordedEvent[] = [],
    before?: TicketHistory,
  ) {
    const added = recorded.map(withoutTexts);
    const erases = added.some(({ event }) => event.type === 'TicketTextsErased');
    // What came before is folded anew: neither an earlier state nor an event may give any of the texts.
    const from = erases ? undefined : before;
    const later = erases ? [...(before?.events ?? []), ...added].map(erased) : added;
    const checkpoints = [...(from?.checkpoints ?? [unopened])];
    let ticket = from?.last ?? unopened;
    let revision = from?.events.length ?? 0;
    for (const { event } of later) {
      ticket = evolve(ticket, event);
      revision += 1;
      if (revision % checkpointEvery === 0) checkpoints.push(ticket);
    }
    this.events = from ? [...from.events, ...later] : later;
    this.checkpoints = checkpoints;
    this.last = ticket;
  }

  /** This history with the events that follow. */
  followedBy(recorded: readonly RecordedEvent[]): TicketHistory {
    return recorded.length === 0 ? this : new TicketHistory(this.ticketId, recorded, this);
  }

  /** As the ticket is now, or as it was after its first `revision` events. */
  snapshot(revision = this.events.length): TicketSnapshot {
    const last = this.events[revision - 1];
    return {
      ticketId: this.ticketId,
      ticket: this.ticketAt(revision),
      revision,
      position: last?.position ?? 0n,
      updatedAt: last?.recordedAt ?? null,
    };
  }

  private ticketAt(revision: number): Ticket {
    if (revision === this.events.length) return this.last;
    const index = Math.floor(revision / checkpointEvery);
    const later = this.events.slice(index * checkpointEvery, revision);
    return later.reduce((ticket, { event }) => evolve(ticket, event), this.checkpoints[index] ?? unopened);
  }

  /** The last event that the command caused, if it was applied to this ticket. */
  causedBy(commandId: string): RecordedTicketEvent | undefined {
    return this.events.findLast(({ metadata }) => metadata.commandId === commandId);
  }

  /** The ticket as it was before the first event that matches; undefined where none does. */
  before(matches: SentAfter): TicketSnapshot | undefined {
    const first = this.events.findIndex(matches);
    return first === -1 ? undefined : this.snapshot(first);
  }
}

const erased = (recorded: RecordedTicketEvent): RecordedTicketEvent => ({
  ...recorded,
  event: erasedEvent(recorded.event),
});

/** The event without the texts that only people read, which the ticket's state does not hold. */
const withoutTexts = (recorded: RecordedEvent): RecordedTicketEvent => {
  const decoded = decode(recorded);
  const { event } = decoded;
  switch (event.type) {
    case 'NoteAdded':
      return { ...decoded, event: { ...event, body: '' } };
    case 'TicketPutOnHold':
      return { ...decoded, event: { ...event, note: undefined } };
    case 'TicketReopened':
    case 'TicketCancelled':
      return { ...decoded, event: { ...event, reason: '' } };
    case 'AttachmentAdded':
      return { ...decoded, event: { ...event, name: '' } };
    case 'TicketOpened':
    case 'TicketAssigned':
    case 'RequesterChanged':
    case 'TicketWatched':
    case 'TicketUnwatched':
    case 'TicketLinked':
    case 'TicketRecategorized':
    case 'TicketReprioritized':
    case 'WorkStarted':
    case 'TicketResolved':
    case 'TicketClosed':
    case 'TicketMerged':
    case 'TicketTransferred':
    case 'TicketTextsErased':
    case 'LegalHoldPlaced':
    case 'LegalHoldReleased':
      return decoded;
  }
};
