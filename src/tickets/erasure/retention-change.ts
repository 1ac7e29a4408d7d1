import type { Instant } from '../../shared/instant.js';
import type { TicketStatus } from '../../shared/vocabulary.js';
import type { RecordedTicketEvent } from '../domain/ticket.codec.js';
import type { TicketEvent } from '../domain/ticket.events.js';

/** Who did it, when it was recorded, and where the ticket was then. */
interface Done {
  establishment: string;
  actor: string;
  at: Instant;
  position: bigint;
}

/** What an event changes of what retention goes by. */
export interface RetentionChange {
  /** null: the ticket goes on. */
  ended?: { establishment: string; status: TicketStatus; at: Instant } | null;
  /** The ticket had ended before. */
  closedAt?: Instant | undefined;
  erasure?: Done & { reason: string; basis: string };
  hold?: (Done & { reason: string }) | null;
}

type Changes = {
  [Type in TicketEvent['type']]: (
    event: Extract<TicketEvent, { type: Type }>,
    recorded: Omit<Done, 'establishment'>,
  ) => RetentionChange | undefined;
};

const ignore = () => undefined;
const goesOn = (): RetentionChange => ({ ended: null, closedAt: undefined });

/**
 * A ticket ends when that was recorded, not when it is said to have happened: a device whose clock is years off must not have texts
 * erased.
 */
const changes: Changes = {
  TicketOpened: ignore,
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
  TicketTransferred: ignore,
  TicketReopened: goesOn,
  TicketResolved: ({ at: { establishment } }, { at }) => ({
    ended: { establishment, status: 'resolved', at },
    closedAt: undefined,
  }),
  TicketClosed: (_event, { at: closedAt }) => ({ closedAt }),
  TicketCancelled: ({ at: { establishment } }, { at }) => ({
    ended: { establishment, status: 'cancelled', at },
    closedAt: undefined,
  }),
  TicketMerged: ({ at: { establishment } }, { at }) => ({
    ended: { establishment, status: 'merged', at },
    closedAt: undefined,
  }),
  TicketTextsErased: ({ at: { establishment }, erasure }, done) => ({
    erasure: { establishment, ...done, reason: erasure.reason, basis: erasure.basis },
  }),
  LegalHoldPlaced: ({ at: { establishment }, hold }, done) => ({
    hold: { establishment, ...done, reason: hold.reason },
  }),
  LegalHoldReleased: () => ({ hold: null }),
  AttachmentAdded: ignore,
};

export const retentionChange = ({
  event,
  metadata: { actor },
  position,
  recordedAt: at,
}: RecordedTicketEvent): RetentionChange | undefined => {
  const make = changes[event.type] as (
    event: TicketEvent,
    done: Omit<Done, 'establishment'>,
  ) => RetentionChange | undefined;
  return make(event, { actor, position, at });
};

export type EndedRow = NonNullable<RetentionChange['ended']> & { ticketId: string };
export type DoneRow = NonNullable<RetentionChange['hold']> & { ticketId: string };
export type ErasedRow = NonNullable<RetentionChange['erasure']> & { ticketId: string };
export interface ClosedRow {
  ticketId: string;
  at: Instant;
}

/** The rows that the changes of a batch come to, by what is to be done with them. */
export const rowsOf = (changes: ReadonlyMap<string, RetentionChange>) => {
  const chosen = <Part>(part: (change: RetentionChange) => Part | undefined) =>
    [...changes].flatMap(([ticketId, change]) => {
      const found = part(change);
      return found === undefined ? [] : [{ ticketId, ...found }];
    });
  const idsWhere = (holds: (change: RetentionChange) => boolean) =>
    [...changes].filter(([, change]) => holds(change)).map(([ticketId]) => ticketId);
  return {
    goingOn: idsWhere(({ ended }) => ended === null),
    ended: chosen(({ ended, closedAt }) =>
      ended && closedAt !== undefined
        ? { ...ended, status: 'closed' as const, at: closedAt }
        : (ended ?? undefined),
    ),
    closed: chosen(({ ended, closedAt: at }) =>
      ended === undefined && at !== undefined ? { at } : undefined,
    ),
    erasures: chosen(({ erasure }) => erasure),
    released: idsWhere(({ hold }) => hold === null),
    holds: chosen(({ hold }) => hold ?? undefined),
  };
};
