import type { Instant } from '../../shared/instant.js';
import {
  categoryLabels,
  codesOf,
  holdReasonLabels,
  priorityLabels,
  resolutionLabels,
  type Category,
  type HoldReason,
  type Priority,
  type ResolutionCode,
} from '../../shared/vocabulary.js';

export const priorities = codesOf(priorityLabels);
export const categories = codesOf(categoryLabels);
export const holdReasons = codesOf(holdReasonLabels);
export const resolutionCodes = codesOf(resolutionLabels);

export interface Resolution {
  code: ResolutionCode;
  note: string;
}

/** Who asked for help, and how to reach them: what people write about people, kept like every other text. */
export interface Requester {
  name: string;
  contact?: string;
}

export const relations = ['related', 'parent', 'duplicate'] as const;
export type Relation = (typeof relations)[number];

/**
 * Where a ticket is, with the time zone its days are cut by. The zone is frozen here, so that a replay never depends on today's list of
 * establishments.
 */
export interface Place {
  establishment: string;
  site?: string;
  timeZone: string;
}

/** Where and when the ticket was opened: carried by the events that may change the figures of its opening day. */
export interface Opening {
  at: Place;
  occurredAt: Instant;
}

interface Happened {
  /** The effective time: what was claimed, never before the ticket's last transition. Decides the day it counts in. */
  occurredAt: Instant;
}

/** Someone asked for help: the ticket begins, at the establishment it is for. */
export interface TicketOpened extends Happened {
  type: 'TicketOpened';
  at: Place;
  title: string;
  description?: string;
  category: Category;
  priority: Priority;
  team?: string;
  location?: string;
  requester?: Requester;
}

/** The ticket was given to a team, a person, or both; null means it was taken from them. */
export interface TicketAssigned extends Happened {
  type: 'TicketAssigned';
  team?: string | null;
  assignee?: string | null;
}

/** Someone else asked for help than was first written, or is to be reached otherwise; null: nobody is named any more. */
export interface RequesterChanged extends Happened {
  type: 'RequesterChanged';
  requester: Requester | null;
}

/** Someone wants to be told of what becomes of the ticket. */
export interface TicketWatched extends Happened {
  type: 'TicketWatched';
  watcher: string;
}

/** They no longer do. */
export interface TicketUnwatched extends Happened {
  type: 'TicketUnwatched';
  watcher: string;
}

/** Someone wrote something down; an internal note is not for the team that opened the ticket. */
export interface NoteAdded extends Happened {
  type: 'NoteAdded';
  body: string;
  internal: boolean;
}

/** The ticket was tied to another one. */
export interface TicketLinked extends Happened {
  type: 'TicketLinked';
  to: string;
  relation: Relation;
}

/** The ticket was about something else than first thought. */
export interface TicketRecategorized extends Happened {
  type: 'TicketRecategorized';
  category: Category;
}

/** The ticket is more, or less, urgent than first thought. */
export interface TicketReprioritized extends Happened {
  type: 'TicketReprioritized';
  priority: Priority;
}

/** Someone works on it now. */
export interface WorkStarted extends Happened {
  type: 'WorkStarted';
}

/** Work waits for the user, the vendor or a change. */
export interface TicketPutOnHold extends Happened {
  type: 'TicketPutOnHold';
  reason: HoldReason;
  note?: string;
}

/** The help asked for was given; the ticket leaves the backlog. */
export interface TicketResolved extends Happened {
  type: 'TicketResolved';
  at: Place;
  opened: Opening;
  resolution: Resolution;
}

/** The resolution was confirmed. Counts nothing: the ticket left the backlog when it was resolved. */
export interface TicketClosed extends Happened {
  type: 'TicketClosed';
}

/** What was thought done was not: the ticket is open again, and back in the backlog. */
export interface TicketReopened extends Happened {
  type: 'TicketReopened';
  at: Place;
  opened: Opening;
  from: 'resolved' | 'closed' | 'cancelled';
  reason: string;
}

/** The request was withdrawn; the ticket leaves the backlog unresolved. */
export interface TicketCancelled extends Happened {
  type: 'TicketCancelled';
  at: Place;
  reason: string;
}

/** The same request lives on in another ticket; this one leaves the backlog for good. */
export interface TicketMerged extends Happened {
  type: 'TicketMerged';
  at: Place;
  into: string;
}

/** Another establishment, or another site, takes the ticket over: it leaves one backlog and enters the other. */
export interface TicketTransferred extends Happened {
  type: 'TicketTransferred';
  from: Place;
  to: Place;
}

/** Why texts were erased, and by which rule of law. Both stay when all else is gone: they name nobody. */
export interface Erasure {
  reason: string;
  basis: string;
}

/** All that people wrote of the ticket was destroyed with its key; what is counted stays. */
export interface TicketTextsErased extends Happened {
  type: 'TicketTextsErased';
  at: Place;
  erasure: Erasure;
}

/** The ticket's texts must be kept, for a court say: nothing erases them until the hold is released. */
export interface LegalHoldPlaced extends Happened {
  type: 'LegalHoldPlaced';
  at: Place;
  hold: { reason: string };
}

/** The ticket's texts may be erased again. */
export interface LegalHoldReleased extends Happened {
  type: 'LegalHoldReleased';
  at: Place;
  release: { reason?: string };
}

/** A file was put beside the ticket. Its bytes stand outside the log, encrypted; `name` is what people call it. */
export interface AttachmentAdded extends Happened {
  type: 'AttachmentAdded';
  attachmentId: string;
  /** Of the bytes as they were sent, in hexadecimal. */
  sha256: string;
  size: number;
  contentType: string;
  name: string;
}

export type TicketEvent =
  | TicketOpened
  | TicketAssigned
  | RequesterChanged
  | TicketWatched
  | TicketUnwatched
  | NoteAdded
  | TicketLinked
  | TicketRecategorized
  | TicketReprioritized
  | WorkStarted
  | TicketPutOnHold
  | TicketResolved
  | TicketClosed
  | TicketReopened
  | TicketCancelled
  | TicketMerged
  | TicketTransferred
  | TicketTextsErased
  | LegalHoldPlaced
  | LegalHoldReleased
  | AttachmentAdded;

export const ticketStreams = 'ticket-';
/** The stream of one ticket in the event store. */
export const ticketStream = (ticketId: string): string => `${ticketStreams}${ticketId}`;
export const ticketIdOf = (stream: string): string => stream.slice(ticketStreams.length);
