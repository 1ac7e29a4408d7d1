import type { Place, TicketEvent } from './ticket.events.js';

/** The place whose backlog an event takes the ticket out of, and the place whose backlog it puts the ticket into. */
export interface Moved {
  out?: Place;
  into?: Place;
}

type MovesOf<Event extends { type: string }> = {
  [Type in Event['type']]: (event: Extract<Event, { type: Type }>) => Moved;
};

const ignore = (): Moved => ({});

/** A new event type fails to compile until it is listed with the backlogs that it moves its ticket out of and into. */
const moves: MovesOf<TicketEvent> = {
  TicketOpened: ({ at }) => ({ into: at }),
  TicketReopened: ({ at }) => ({ into: at }),
  TicketResolved: ({ at }) => ({ out: at }),
  TicketCancelled: ({ at }) => ({ out: at }),
  TicketMerged: ({ at }) => ({ out: at }),
  TicketTransferred: ({ from, to }) => ({ out: from, into: to }),
  TicketAssigned: ignore,
  RequesterChanged: ignore,
  TicketWatched: ignore,
  TicketUnwatched: ignore,
  NoteAdded: ignore,
  TicketLinked: ignore,
  TicketRecategorized: ignore,
  TicketReprioritized: ignore,
  WorkStarted: ignore,
  TicketPutOnHold: ignore,
  TicketClosed: ignore,
  TicketTextsErased: ignore,
  LegalHoldPlaced: ignore,
  LegalHoldReleased: ignore,
  AttachmentAdded: ignore,
};

export const moveOf = (event: TicketEvent): Moved =>
  (moves[event.type] as (event: TicketEvent) => Moved)(event);
