import type * as Events from '../domain/ticket.events.js';
import type { TicketEvent } from '../domain/ticket.events.js';
import { fixedIt, mcq, nim, otherTicket, photo, usually } from './fixed.js';

const event =
  <T extends TicketEvent>(usual: T) =>
  (changes: Partial<T> = {}): T => ({ ...usual, ...changes });

export const opened = event<Events.TicketOpened>({
  type: 'TicketOpened',
  occurredAt: usually.open,
  at: nim,
  title: 'Accès refusé au dossier',
  description: 'Depuis ce matin, à l’urgence.',
  category: 'acces',
  priority: 'P2',
  team: 'mobile-nim-03',
  location: 'Urgence, poste 4',
});

const opening: Events.Opening = { at: nim, occurredAt: usually.open };

export const assigned = event<Events.TicketAssigned>({
  type: 'TicketAssigned',
  occurredAt: usually.assign,
  team: 'centre-de-services',
  assignee: 'alice',
});

export const requesterChanged = event<Events.RequesterChanged>({
  type: 'RequesterChanged',
  occurredAt: usually.requester,
  requester: { name: 'Dre Gagnon', contact: 'poste 4410' },
});

/** By bob, who no longer does after `unwatched`. */
export const watched = event<Events.TicketWatched>({
  type: 'TicketWatched',
  occurredAt: usually.watch,
  watcher: 'bob',
});

export const unwatched = event<Events.TicketUnwatched>({
  type: 'TicketUnwatched',
  occurredAt: usually.unwatch,
  watcher: 'bob',
});

export const noted = event<Events.NoteAdded>({
  type: 'NoteAdded',
  occurredAt: usually.note,
  body: 'Rappelée à 8 h 10.',
  internal: false,
});

export const linked = event<Events.TicketLinked>({
  type: 'TicketLinked',
  occurredAt: usually.link,
  to: otherTicket,
  relation: 'related',
});

export const recategorized = event<Events.TicketRecategorized>({
  type: 'TicketRecategorized',
  occurredAt: usually.recategorize,
  category: 'materiel',
});

export const reprioritized = event<Events.TicketReprioritized>({
  type: 'TicketReprioritized',
  occurredAt: usually.reprioritize,
  priority: 'P1',
});

export const started = event<Events.WorkStarted>({ type: 'WorkStarted', occurredAt: usually.start });

export const held = event<Events.TicketPutOnHold>({
  type: 'TicketPutOnHold',
  occurredAt: usually.hold,
  reason: 'vendor',
  note: 'Appel ouvert chez le fournisseur.',
});

export const resolved = event<Events.TicketResolved>({
  type: 'TicketResolved',
  occurredAt: usually.resolve,
  at: nim,
  opened: opening,
  resolution: fixedIt,
});

export const closed = event<Events.TicketClosed>({ type: 'TicketClosed', occurredAt: usually.close });

export const reopened = event<Events.TicketReopened>({
  type: 'TicketReopened',
  occurredAt: usually.reopen,
  at: nim,
  opened: opening,
  from: 'resolved',
  reason: 'Le problème est revenu.',
});

export const cancelled = event<Events.TicketCancelled>({
  type: 'TicketCancelled',
  occurredAt: usually.cancel,
  at: nim,
  reason: 'Demandé par erreur.',
});

export const merged = event<Events.TicketMerged>({
  type: 'TicketMerged',
  occurredAt: usually.merge,
  at: nim,
  into: otherTicket,
});

export const transferred = event<Events.TicketTransferred>({
  type: 'TicketTransferred',
  occurredAt: usually.transfer,
  from: nim,
  to: mcq,
});

export const textsErased = event<Events.TicketTextsErased>({
  type: 'TicketTextsErased',
  occurredAt: usually.erase,
  at: nim,
  erasure: { reason: 'Demande de la personne.', basis: 'Loi 25, art. 28' },
});

export const holdPlaced = event<Events.LegalHoldPlaced>({
  type: 'LegalHoldPlaced',
  occurredAt: usually['place-hold'],
  at: nim,
  hold: { reason: 'Dossier 2026-114.' },
});

export const holdReleased = event<Events.LegalHoldReleased>({
  type: 'LegalHoldReleased',
  occurredAt: usually['release-hold'],
  at: nim,
  release: { reason: undefined },
});

export const attached = event<Events.AttachmentAdded>({
  type: 'AttachmentAdded',
  occurredAt: usually.attach,
  ...photo,
});
