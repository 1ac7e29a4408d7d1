import type { TicketCommandType } from '../domain/ticket.js';
import { addNote } from './add-note.js';
import { assignTicket } from './assign-ticket.js';
import { cancelTicket } from './cancel-ticket.js';
import { closeTicket } from './close-ticket.js';
import { linkTicket } from './link-ticket.js';
import { mergeTicket } from './merge-ticket.js';
import { openTicket } from './open-ticket.js';
import { changeRequester } from './change-requester.js';
import { putOnHold } from './put-on-hold.js';
import { recategorizeTicket } from './recategorize-ticket.js';
import { reopenTicket } from './reopen-ticket.js';
import { reprioritizeTicket } from './reprioritize-ticket.js';
import { resolveTicket } from './resolve-ticket.js';
import { startWork } from './start-work.js';
import { unwatchTicket, watchTicket } from './watch-ticket.js';
import type { TicketCommandDefinition } from '../execution/ticket-command.js';
import { transferTicket } from './transfer-ticket.js';

/** Every command by its name on the wire. A command of the decider that is missing here fails to compile. */
export const ticketCommands = {
  open: openTicket,
  assign: assignTicket,
  requester: changeRequester,
  watch: watchTicket,
  unwatch: unwatchTicket,
  note: addNote,
  link: linkTicket,
  recategorize: recategorizeTicket,
  reprioritize: reprioritizeTicket,
  start: startWork,
  hold: putOnHold,
  resolve: resolveTicket,
  close: closeTicket,
  reopen: reopenTicket,
  cancel: cancelTicket,
  merge: mergeTicket,
  transfer: transferTicket,
} satisfies { [Type in TicketCommandType]: TicketCommandDefinition<Type> };
