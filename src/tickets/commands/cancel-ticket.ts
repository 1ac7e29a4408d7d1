import { commandBody, text } from '../execution/command-body.js';
import { ticketCommand } from '../execution/ticket-command.js';

export const cancelTicket = ticketCommand({
  type: 'cancel',
  permission: 'tickets:cancel',
  body: commandBody('cancel', { reason: text(2_000) }),
});
