import { healthNumberPointers } from '../../shared/identifiers/health-numbers-refused.js';
import { isAfter, laterOf, type Instant } from '../../shared/instant.js';
import { DomainError } from '../../shared/problems/domain-error.js';
import type { TicketRefusalCode } from '../../shared/problems/problem-code.js';
import type { Category, HoldReason, Priority, TicketStatus } from '../../shared/vocabulary.js';
import type {
  Erasure,
  Opening,
  Place,
  Relation,
  Requester,
  Resolution,
  TicketEvent,
} from './ticket.events.js';

// State -------------------------------------------------------------------------------------------------------

export interface OpenedTicket {
  status: TicketStatus;
  at: Place;
  opened: Opening;
  title: string;
  description: string | null;
  category: Category;
  priority: Priority;
  location: string | null;
  requester: Requester | null;
  team: string | null;
  assignee: string | null;
  /** Those who are told of what becomes of it, by the subjects of their tokens. */
  watchers: readonly string[];
  links: readonly { to: string; relation: Relation }[];
  resolution: Resolution | null;
  /** When it was resolved, while it is resolved or closed. */
  resolvedAt: Instant | null;
  cancelledAt: Instant | null;
  reopenedAt: Instant | null;
  mergedInto: string | null;
  /** Once its texts are erased they are empty for good: no command brings any back. */
  erasure: (Erasure & { at: Instant }) | null;
  /** While there is one, its texts are not erased. */
  legalHold: { reason: string; since: Instant } | null;
  lastTransitionAt: Instant;
  /** Also once they are erased: what is counted stays. */
  attachments: readonly { attachmentId: string; sha256: string }[];
}

export type Ticket = { status: 'unopened' } | OpenedTicket;

export const unopened: Ticket = { status: 'unopened' };

// Commands ----------------------------------------------------------------------------------------------------

interface CommandBase {
  ticketId: string;
  /** When it happened, as claimed, with a device's skew corrected. */
  claimedAt: Instant;
}

export interface OpenTicket extends CommandBase {
  type: 'open';
  at: Place;
  title: string;
  /** The title holds what no title may hold here; decided when the command is prepared, since a setting says so. */
  titleIsRefused?: boolean;
  description?: string;
  category: Category;
  priority: Priority;
  team?: string;
  location?: string;
  requester?: Requester;
}
export interface AssignTicket extends CommandBase {
  type: 'assign';
  /** undefined leaves the team as it is, null takes the ticket from it; likewise for `assignee`. */
  team?: string | null;
  assignee?: string | null;
}
export interface ChangeRequester extends CommandBase {
  type: 'requester';
  /** null: nobody is named any more. */
  requester: Requester | null;
}
export interface WatchTicket extends CommandBase {
  type: 'watch';
  /** Whoever sends the command. */
  watcher: string;
}
export interface UnwatchTicket extends CommandBase {
  type: 'unwatch';
  watcher: string;
}
export interface AddNote extends CommandBase {
  type: 'note';
  body: string;
  internal: boolean;
}
export interface LinkTicket extends CommandBase {
  type: 'link';
  to: string;
  relation: Relation;
  /** The other ticket's status, `unopened` where it does not exist: looked up when the command is prepared. */
  target: TicketStatus | 'unopened';
}
export interface RecategorizeTicket extends CommandBase {
  type: 'recategorize';
  category: Category;
}
export interface ReprioritizeTicket extends CommandBase {
  type: 'reprioritize';
  priority: Priority;
}
export interface StartWork extends CommandBase {
  type: 'start';
}
export interface PutTicketOnHold extends CommandBase {
  type: 'hold';
  reason: HoldReason;
  note?: string;
}
export interface ResolveTicket extends CommandBase {
  type: 'resolve';
  resolution: Resolution;
}
export interface CloseTicket extends CommandBase {
  type: 'close';
}
export interface ReopenTicket extends CommandBase {
  type: 'reopen';
  reason: string;
}
export interface CancelTicket extends CommandBase {
  type: 'cancel';
  reason: string;
}
export interface MergeTicket extends CommandBase {
  type: 'merge';
  into: string;
  /** The other ticket's status: looked up beforehand, and no other merge comes in between. */
  target: TicketStatus | 'unopened';
}
export interface TransferTicket extends CommandBase {
  type: 'transfer';
  to: Place;
}
export interface EraseTexts extends CommandBase, Erasure {
  type: 'erase';
}
export interface PlaceLegalHold extends CommandBase {
  type: 'place-hold';
  reason: string;
}
export interface ReleaseLegalHold extends CommandBase {
  type: 'release-hold';
  reason?: string;
}

/** A file whose bytes are stored already. It comes by a way of its own, never in a batch: an import has no bytes. */
export interface AddAttachment extends CommandBase {
  type: 'attach';
  attachmentId: string;
  sha256: string;
  size: number;
  contentType: string;
  name: string;
}

/** What operators do to a ticket that they may not read: never part of a batch, nor of an import. */
type AdministrativeCommand = EraseTexts | PlaceLegalHold | ReleaseLegalHold;

export type TicketCommand =
  | OpenTicket
  | AssignTicket
  | ChangeRequester
  | WatchTicket
  | UnwatchTicket
  | AddNote
  | LinkTicket
  | RecategorizeTicket
  | ReprioritizeTicket
  | StartWork
  | PutTicketOnHold
  | ResolveTicket
  | CloseTicket
  | ReopenTicket
  | CancelTicket
  | MergeTicket
  | TransferTicket
  | AdministrativeCommand
  | AddAttachment;

/** The commands of those who work on tickets, but for the one that comes with a file. */
export type TicketCommandType = Exclude<
  TicketCommand['type'],
  (AdministrativeCommand | AddAttachment)['type']
>;

type PayloadOf<Command> = Command extends unknown ? Omit<Command, 'ticketId' | 'claimedAt'> : never;

/** A command without its ticket and its time, which come with its metadata. */
export type CommandPayload<Type extends TicketCommand['type'] = TicketCommand['type']> = PayloadOf<
  Extract<TicketCommand, { type: Type }>
>;

// Refusals ----------------------------------------------------------------------------------------------------

export type { TicketRefusalCode };

/** A rule of the ticket's life refuses the command. The code is part of the HTTP contract. */
export class Refusal extends DomainError {
  constructor(
    override readonly code: TicketRefusalCode,
    /** The fields that it is about, where the code alone does not say which. */
    readonly pointers: readonly string[] = [],
  ) {
    super(code);
  }
}

// Decide ------------------------------------------------------------------------------------------------------

/** How far ahead of the server a claimed time may lie: clocks that are only roughly right. */
export const futureToleranceMs = 5 * 60_000;

/** How many files a ticket may have beside it. */
export const maxAttachments = 10;

/** The first comparison spares most commands the date arithmetic of the second. */
const isAhead = (claimedAt: Instant, now: Instant): boolean =>
  claimedAt > now && claimedAt > isAfter(now, futureToleranceMs);

/**
 * The events that a command leads to on a ticket; none when it asks for what already is. `now` is the server's clock. Throws Refusal. The
 * rules are those of domain.md, in its order: already so, superseded, status.
 */
export const decide = (command: TicketCommand, ticket: Ticket, now: Instant): TicketEvent[] => {
  if (isAhead(command.claimedAt, now)) throw new Refusal('occurred-in-the-future');
  if (command.type === 'open') return open(command, ticket);
  if (ticket.status === 'unopened') throw new Refusal('ticket-not-found');
  switch (command.type) {
    case 'assign':
      return assign(command, ticket);
    case 'requester':
      return changeRequester(command, ticket);
    case 'watch':
      return watch(command, ticket);
    case 'unwatch':
      return unwatch(command, ticket);
    case 'note':
      return note(command, ticket);
    case 'link':
      return link(command, ticket);
    case 'recategorize':
      return recategorize(command, ticket);
    case 'reprioritize':
      return reprioritize(command, ticket);
    case 'start':
      return start(command, ticket);
    case 'hold':
      return hold(command, ticket);
    case 'resolve':
      return resolve(command, ticket);
    case 'close':
      return close(command, ticket);
    case 'reopen':
      return reopen(command, ticket);
    case 'cancel':
      return cancel(command, ticket);
    case 'merge':
      return merge(command, ticket);
    case 'transfer':
      return transfer(command, ticket);
    case 'erase':
      return erase(command, ticket);
    case 'place-hold':
      return placeHold(command, ticket);
    case 'release-hold':
      return releaseHold(command, ticket);
    case 'attach':
      return attach(command, ticket);
  }
};

const open = (command: OpenTicket, ticket: Ticket): TicketEvent[] => {
  if (ticket.status !== 'unopened') throw new Refusal('id-taken');
  if (command.titleIsRefused) throw new Refusal('health-number-in-title');
  const { at, title, description, category, priority, team, location, requester, claimedAt } = command;
  refuseHealthNumbersIn({ team });
  return [
    {
      type: 'TicketOpened',
      occurredAt: claimedAt,
      at,
      title,
      description,
      category,
      priority,
      team,
      location,
      requester,
    },
  ];
};

const assign = (command: AssignTicket, ticket: OpenedTicket): TicketEvent[] => {
  refuseMerged(ticket);
  const { team, assignee, claimedAt } = command;
  const teamStays = team === undefined || team === ticket.team;
  const assigneeStays = assignee === undefined || assignee === ticket.assignee;
  if (teamStays && assigneeStays) return [];
  refuseHealthNumbersIn({ team, assignee });
  return [{ type: 'TicketAssigned', occurredAt: claimedAt, team, assignee }];
};

/** Names of teams and of people are no confidential texts: they stay in the log in plain, whatever is erased. */
const refuseHealthNumbersIn = (names: object): void => {
  const pointers = healthNumberPointers(names);
  if (pointers.length > 0) throw new Refusal('health-number-refused', pointers);
};

const changeRequester = ({ requester, claimedAt }: ChangeRequester, ticket: OpenedTicket): TicketEvent[] => {
  refuseMerged(ticket);
  if (ticket.erasure) throw new Refusal('texts-erased');
  if (isSameRequester(requester, ticket.requester)) return [];
  return [{ type: 'RequesterChanged', occurredAt: claimedAt, requester }];
};

const isSameRequester = (asked: Requester | null, known: Requester | null): boolean =>
  asked?.name === known?.name && asked?.contact === known?.contact;

const watch = ({ watcher, claimedAt }: WatchTicket, ticket: OpenedTicket): TicketEvent[] => {
  refuseMerged(ticket);
  if (ticket.watchers.includes(watcher)) return [];
  return [{ type: 'TicketWatched', occurredAt: claimedAt, watcher }];
};

const unwatch = ({ watcher, claimedAt }: UnwatchTicket, ticket: OpenedTicket): TicketEvent[] => {
  refuseMerged(ticket);
  if (!ticket.watchers.includes(watcher)) return [];
  return [{ type: 'TicketUnwatched', occurredAt: claimedAt, watcher }];
};

const note = (command: AddNote, ticket: OpenedTicket): TicketEvent[] => {
  refuseMerged(ticket);
  if (ticket.erasure) throw new Refusal('texts-erased');
  return [
    { type: 'NoteAdded', occurredAt: command.claimedAt, body: command.body, internal: command.internal },
  ];
};

const link = (command: LinkTicket, ticket: OpenedTicket): TicketEvent[] => {
  const { to, relation, claimedAt } = command;
  refuseMerged(ticket);
  if (ticket.links.some((known) => known.to === to && known.relation === relation)) return [];
  if (to === command.ticketId) throw new Refusal('link-to-itself');
  if (command.target === 'unopened') throw new Refusal('link-target-not-found');
  return [{ type: 'TicketLinked', occurredAt: claimedAt, to, relation }];
};

const recategorize = (command: RecategorizeTicket, ticket: OpenedTicket): TicketEvent[] => {
  refuseMerged(ticket);
  if (ticket.category === command.category) return [];
  return [{ type: 'TicketRecategorized', occurredAt: command.claimedAt, category: command.category }];
};

const reprioritize = (command: ReprioritizeTicket, ticket: OpenedTicket): TicketEvent[] => {
  refuseMerged(ticket);
  if (ticket.priority === command.priority) return [];
  return [{ type: 'TicketReprioritized', occurredAt: command.claimedAt, priority: command.priority }];
};

const start = (command: StartWork, ticket: OpenedTicket): TicketEvent[] => {
  if (ticket.status === 'in-progress') return [];
  refuseSuperseded(command, ticket);
  refuseUnlessActive(ticket);
  return [{ type: 'WorkStarted', occurredAt: effective(command, ticket) }];
};

const hold = (command: PutTicketOnHold, ticket: OpenedTicket): TicketEvent[] => {
  if (ticket.status === 'waiting') return [];
  refuseSuperseded(command, ticket);
  refuseUnlessActive(ticket);
  const { reason } = command;
  const note = ticket.erasure ? undefined : command.note;
  return [{ type: 'TicketPutOnHold', occurredAt: effective(command, ticket), reason, note }];
};

const resolve = (command: ResolveTicket, ticket: OpenedTicket): TicketEvent[] => {
  if (ticket.status === 'resolved' || ticket.status === 'closed') return [];
  refuseSuperseded(command, ticket);
  refuseUnlessActive(ticket);
  const { at, opened } = ticket;
  const { code, note } = command.resolution;
  const resolution = { code, note: textFor(ticket, note) };
  return [{ type: 'TicketResolved', occurredAt: effective(command, ticket), at, opened, resolution }];
};

const close = (command: CloseTicket, ticket: OpenedTicket): TicketEvent[] => {
  switch (ticket.status) {
    case 'resolved':
      return [{ type: 'TicketClosed', occurredAt: effective(command, ticket) }];
    case 'closed':
      return [];
    case 'open':
    case 'in-progress':
    case 'waiting':
      throw new Refusal('transition-not-allowed');
    case 'cancelled':
    case 'merged':
      throw new Refusal(`ticket-${ticket.status}`);
  }
};

const reopen = (command: ReopenTicket, ticket: OpenedTicket): TicketEvent[] => {
  switch (ticket.status) {
    case 'open':
    case 'in-progress':
    case 'waiting':
      return [];
    case 'resolved':
    case 'closed':
    case 'cancelled': {
      const undone = ticket.status === 'cancelled' ? ticket.cancelledAt : ticket.resolvedAt;
      if (undone !== null && command.claimedAt < undone) throw new Refusal('superseded');
      const { at, opened, status: from } = ticket;
      const reason = textFor(ticket, command.reason);
      return [{ type: 'TicketReopened', occurredAt: effective(command, ticket), at, opened, from, reason }];
    }
    case 'merged':
      throw new Refusal('ticket-merged');
  }
};

const cancel = (command: CancelTicket, ticket: OpenedTicket): TicketEvent[] => {
  if (ticket.status === 'cancelled') return [];
  refuseSuperseded(command, ticket);
  refuseUnlessActive(ticket);
  const reason = textFor(ticket, command.reason);
  return [{ type: 'TicketCancelled', occurredAt: effective(command, ticket), at: ticket.at, reason }];
};

const merge = (command: MergeTicket, ticket: OpenedTicket): TicketEvent[] => {
  const { into } = command;
  if (ticket.mergedInto === into) return [];
  refuseSuperseded(command, ticket);
  refuseUnlessActive(ticket);
  if (into === command.ticketId) throw new Refusal('merge-into-itself');
  if (command.target === 'unopened') throw new Refusal('merge-target-not-found');
  if (command.target === 'merged') throw new Refusal('merge-target-merged');
  // Nobody works on a target that is not active: an open request would be lost in it.
  if (!isActive(command.target)) throw new Refusal('merge-target-not-active');
  return [{ type: 'TicketMerged', occurredAt: effective(command, ticket), at: ticket.at, into }];
};

const transfer = (command: TransferTicket, ticket: OpenedTicket): TicketEvent[] => {
  const { at: from } = ticket;
  const { to } = command;
  if (from.establishment === to.establishment && from.site === to.site) return [];
  refuseSuperseded(command, ticket);
  refuseUnlessActive(ticket);
  return [{ type: 'TicketTransferred', occurredAt: effective(command, ticket), from, to }];
};

const erase = ({ reason, basis, claimedAt }: EraseTexts, ticket: OpenedTicket): TicketEvent[] => {
  if (ticket.erasure) return [];
  if (ticket.legalHold) throw new Refusal('legal-hold');
  return [{ type: 'TicketTextsErased', occurredAt: claimedAt, at: ticket.at, erasure: { reason, basis } }];
};

const placeHold = ({ reason, claimedAt }: PlaceLegalHold, ticket: OpenedTicket): TicketEvent[] => {
  if (ticket.erasure) throw new Refusal('texts-erased');
  if (ticket.legalHold?.reason === reason) return [];
  return [{ type: 'LegalHoldPlaced', occurredAt: claimedAt, at: ticket.at, hold: { reason } }];
};

const releaseHold = ({ reason, claimedAt }: ReleaseLegalHold, ticket: OpenedTicket): TicketEvent[] =>
  ticket.legalHold
    ? [{ type: 'LegalHoldReleased', occurredAt: claimedAt, at: ticket.at, release: { reason } }]
    : [];

/** The same bytes again are stored once, whatever they are called. */
const attach = (command: AddAttachment, ticket: OpenedTicket): TicketEvent[] => {
  refuseMerged(ticket);
  if (ticket.erasure) throw new Refusal('texts-erased');
  const { attachmentId, sha256, size, contentType, name, claimedAt } = command;
  if (ticket.attachments.some((known) => known.sha256 === sha256)) return [];
  if (ticket.attachments.length >= maxAttachments) throw new Refusal('too-many-attachments');
  return [{ type: 'AttachmentAdded', occurredAt: claimedAt, attachmentId, sha256, size, contentType, name }];
};

/**
 * A text that comes with a transition. On an erased ticket it is left out, and the transition counts all the same: otherwise the ticket
 * could never leave the backlog. What is nothing but a text, a note, is refused.
 */
const textFor = (ticket: OpenedTicket, text: string): string => (ticket.erasure ? '' : text);

/** Time runs forward within a ticket: a transition never takes effect before the one it follows. */
const effective = (command: CommandBase, ticket: OpenedTicket): Instant =>
  laterOf(command.claimedAt, ticket.lastTransitionAt);

const refuseSuperseded = (command: CommandBase, ticket: OpenedTicket): void => {
  if (ticket.reopenedAt !== null && command.claimedAt < ticket.reopenedAt) throw new Refusal('superseded');
};

const refuseMerged = (ticket: OpenedTicket): void => {
  if (ticket.status === 'merged') throw new Refusal('ticket-merged');
};

const isActive = (status: TicketStatus): boolean => {
  switch (status) {
    case 'open':
    case 'in-progress':
    case 'waiting':
      return true;
    case 'resolved':
    case 'closed':
    case 'cancelled':
    case 'merged':
      return false;
  }
};

const refuseUnlessActive = (ticket: OpenedTicket): void => {
  switch (ticket.status) {
    case 'open':
    case 'in-progress':
    case 'waiting':
      return;
    case 'resolved':
    case 'closed':
    case 'cancelled':
    case 'merged':
      throw new Refusal(`ticket-${ticket.status}`);
  }
};

// Evolve ------------------------------------------------------------------------------------------------------

/** The ticket after an event. An event other than the opening of an unopened ticket is a broken stream, and throws. */
export const evolve = (ticket: Ticket, event: TicketEvent): Ticket => {
  if (event.type === 'TicketOpened') {
    if (ticket.status !== 'unopened') throw new Error('a ticket is opened once');
    const { at, occurredAt, title, category, priority } = event;
    return {
      status: 'open',
      at,
      opened: { at, occurredAt },
      title,
      description: event.description ?? null,
      category,
      priority,
      location: event.location ?? null,
      requester: event.requester ?? null,
      team: event.team ?? null,
      assignee: null,
      watchers: [],
      links: [],
      resolution: null,
      resolvedAt: null,
      cancelledAt: null,
      reopenedAt: null,
      mergedInto: null,
      erasure: null,
      legalHold: null,
      lastTransitionAt: occurredAt,
      attachments: [],
    };
  }
  if (ticket.status === 'unopened') throw new Error(`${event.type} before the ticket was opened`);
  const { occurredAt: lastTransitionAt } = event;
  switch (event.type) {
    case 'TicketAssigned': {
      const { team = ticket.team, assignee = ticket.assignee } = event;
      return { ...ticket, team, assignee };
    }
    case 'RequesterChanged':
      return { ...ticket, requester: event.requester };
    case 'TicketWatched':
      return { ...ticket, watchers: [...ticket.watchers, event.watcher] };
    case 'TicketUnwatched':
      return { ...ticket, watchers: ticket.watchers.filter((watcher) => watcher !== event.watcher) };
    case 'NoteAdded':
      return ticket;
    case 'TicketLinked':
      return { ...ticket, links: [...ticket.links, { to: event.to, relation: event.relation }] };
    case 'TicketRecategorized':
      return { ...ticket, category: event.category };
    case 'TicketReprioritized':
      return { ...ticket, priority: event.priority };
    case 'WorkStarted':
      return { ...ticket, status: 'in-progress', lastTransitionAt };
    case 'TicketPutOnHold':
      return { ...ticket, status: 'waiting', lastTransitionAt };
    case 'TicketResolved': {
      const { resolution, occurredAt: resolvedAt } = event;
      return { ...ticket, status: 'resolved', resolution, resolvedAt, lastTransitionAt };
    }
    case 'TicketClosed':
      return { ...ticket, status: 'closed', lastTransitionAt };
    case 'TicketReopened':
      return {
        ...ticket,
        status: 'open',
        resolution: null,
        resolvedAt: null,
        cancelledAt: null,
        reopenedAt: event.occurredAt,
        lastTransitionAt,
      };
    case 'TicketCancelled':
      return { ...ticket, status: 'cancelled', cancelledAt: event.occurredAt, lastTransitionAt };
    case 'TicketMerged':
      return { ...ticket, status: 'merged', mergedInto: event.into, lastTransitionAt };
    case 'TicketTransferred':
      return { ...ticket, at: event.to, lastTransitionAt };
    case 'TicketTextsErased':
      return { ...withoutTexts(ticket), erasure: { ...event.erasure, at: event.occurredAt } };
    case 'LegalHoldPlaced':
      return { ...ticket, legalHold: { reason: event.hold.reason, since: event.occurredAt } };
    case 'LegalHoldReleased':
      return { ...ticket, legalHold: null };
    case 'AttachmentAdded': {
      const { attachmentId, sha256 } = event;
      return { ...ticket, attachments: [...ticket.attachments, { attachmentId, sha256 }] };
    }
  }
};

const withoutTexts = (ticket: OpenedTicket): OpenedTicket => ({
  ...ticket,
  title: '',
  description: null,
  location: null,
  requester: null,
  resolution: ticket.resolution && { ...ticket.resolution, note: '' },
});
