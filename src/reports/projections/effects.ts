import type { Instant } from '../../shared/instant.js';
import type { Category } from '../../shared/vocabulary.js';
import { moveOf, type Moved } from '../../tickets/domain/backlog-moves.js';
import type { Place, TicketEvent } from '../../tickets/domain/ticket.events.js';

/** What an event changes of what reports say about its ticket; an absent field stays as it is. */
export interface Effect extends Moved {
  opened?: { at: Place; occurredAt: Instant };
  category?: Category;
  /** null: the team was removed. */
  team?: string | null;
  /** Somebody took care of the ticket. */
  respondedAt?: Instant;
  resolved?: { at: Place; openedAt: Instant };
  /** The last resolution no longer holds. */
  unresolved?: true;
}

type EffectsOf<Event extends { type: string }> = {
  [Type in Event['type']]: (event: Extract<Event, { type: Type }>) => OwnEffect;
};

/** What is not said by the backlogs that the ticket leaves and enters. */
type OwnEffect = Omit<Effect, keyof Moved>;

const ignore = (): OwnEffect => ({});

/** A new event type fails to compile until it is listed with what reports make of it. */
const effects: EffectsOf<TicketEvent> = {
  TicketOpened: ({ at, occurredAt, category, team }) => ({
    ...{ opened: { at, occurredAt }, category },
    ...(team === undefined ? {} : { team }),
  }),
  TicketAssigned: ({ occurredAt, team, assignee }) => ({
    ...(team === undefined ? {} : { team }),
    // A team that has the ticket in its queue is nobody yet who takes care of it.
    ...(assignee ? { respondedAt: occurredAt } : {}),
  }),
  TicketRecategorized: ({ category }) => ({ category }),
  WorkStarted: ({ occurredAt }) => ({ respondedAt: occurredAt }),
  // Whoever puts a ticket on hold has read it, and asked the user or the vendor.
  TicketPutOnHold: ({ occurredAt }) => ({ respondedAt: occurredAt }),
  TicketResolved: ({ at, occurredAt, opened }) => ({
    respondedAt: occurredAt,
    resolved: { at, openedAt: opened.occurredAt },
  }),
  // A cancelled ticket was not resolved.
  TicketReopened: ({ from }) => (from === 'cancelled' ? {} : { unresolved: true }),
  TicketCancelled: ignore,
  TicketMerged: ignore,
  TicketTransferred: ignore,
  TicketReprioritized: ignore,
  TicketClosed: ignore,
  RequesterChanged: ignore,
  AttachmentAdded: ignore,
  TicketWatched: ignore,
  TicketUnwatched: ignore,
  NoteAdded: ignore,
  TicketLinked: ignore,
  TicketTextsErased: ignore,
  LegalHoldPlaced: ignore,
  LegalHoldReleased: ignore,
};

export const effectOf = (event: TicketEvent): Effect => ({
  ...(effects[event.type] as (event: TicketEvent) => OwnEffect)(event),
  ...moveOf(event),
});
