import type * as Commands from '../domain/ticket.js';
import type { TicketCommand, TicketCommandType } from '../domain/ticket.js';
import { fixedIt, mcq, nim, otherTicket, photo, thisTicket, usually } from './fixed.js';

/** Makes a builder of commands of one type: to this ticket, at their usual time, except for the changes that are given. */
const command =
  <T extends TicketCommand>(type: T['type'], usual: Omit<T, 'type' | 'ticketId' | 'claimedAt'>) =>
  (changes: Partial<T> = {}): T =>
    // The parts add up to T, but TypeScript can't follow that for a T it does not know yet.
    ({ type, ticketId: thisTicket, claimedAt: usually[type], ...usual, ...changes }) as unknown as T;

export const open = command<Commands.OpenTicket>('open', {
  at: nim,
  title: 'Accès refusé au dossier',
  description: 'Depuis ce matin, à l’urgence.',
  category: 'acces',
  priority: 'P2',
  team: 'mobile-nim-03',
  location: 'Urgence, poste 4',
});
export const assign = command<Commands.AssignTicket>('assign', {
  team: 'centre-de-services',
  assignee: 'alice',
});
export const requester = command<Commands.ChangeRequester>('requester', {
  requester: { name: 'Dre Gagnon', contact: 'poste 4410' },
});
export const watch = command<Commands.WatchTicket>('watch', { watcher: 'alice' });
export const unwatch = command<Commands.UnwatchTicket>('unwatch', { watcher: 'bob' });
export const note = command<Commands.AddNote>('note', { body: 'Rappelée à 8 h 10.', internal: false });
export const link = command<Commands.LinkTicket>('link', {
  to: otherTicket,
  relation: 'related',
  target: 'open',
});
export const recategorize = command<Commands.RecategorizeTicket>('recategorize', { category: 'materiel' });
export const reprioritize = command<Commands.ReprioritizeTicket>('reprioritize', { priority: 'P1' });
export const start = command<Commands.StartWork>('start', {});
export const hold = command<Commands.PutTicketOnHold>('hold', {
  reason: 'vendor',
  note: 'Appel ouvert chez le fournisseur.',
});
export const resolve = command<Commands.ResolveTicket>('resolve', { resolution: fixedIt });
export const close = command<Commands.CloseTicket>('close', {});
export const reopen = command<Commands.ReopenTicket>('reopen', { reason: 'Le problème est revenu.' });
export const cancel = command<Commands.CancelTicket>('cancel', { reason: 'Demandé par erreur.' });
export const merge = command<Commands.MergeTicket>('merge', { into: otherTicket, target: 'open' });
export const transfer = command<Commands.TransferTicket>('transfer', { to: mcq });

export const erase = command<Commands.EraseTexts>('erase', {
  reason: 'Demande de la personne.',
  basis: 'Loi 25, art. 28',
});
export const placeHold = command<Commands.PlaceLegalHold>('place-hold', { reason: 'Dossier 2026-114.' });
export const releaseHold = command<Commands.ReleaseLegalHold>('release-hold', {});

export const attach = command<Commands.AddAttachment>('attach', photo);

/** Every command of those who work on tickets, by its type. */
export const commands = {
  open,
  assign,
  requester,
  watch,
  unwatch,
  note,
  link,
  recategorize,
  reprioritize,
  start,
  hold,
  resolve,
  close,
  reopen,
  cancel,
  merge,
  transfer,
} satisfies {
  [T in TicketCommandType]: (
    changes?: Partial<Extract<TicketCommand, { type: T }>>,
  ) => Extract<TicketCommand, { type: T }>;
};
