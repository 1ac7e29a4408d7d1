import { commandBody } from '../execution/command-body.js';
import { text } from '../../platform/text-schema.js';
import { ticketCommand } from '../execution/ticket-command.js';

export const cancelTicket = ticketCommand({
  type: 'cancel',
  permission: 'tickets:cancel',
  body: commandBody('cancel', { reason: text(2_000) }),
});
