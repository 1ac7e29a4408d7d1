import { commandBody, text } from './command-body.js';
import { ticketCommand } from './ticket-command.js';

export const cancelTicket = ticketCommand({
  type: 'cancel',
  permission: 'tickets:cancel',
  body: commandBody('cancel', { reason: text(2_000) }),
});
