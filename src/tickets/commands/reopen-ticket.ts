import { commandBody } from '../execution/command-body.js';
import { text } from '../../platform/text-schema.js';
import { ticketCommand } from '../execution/ticket-command.js';

export const reopenTicket = ticketCommand({
  type: 'reopen',
  permission: 'tickets:reopen',
  body: commandBody('reopen', { reason: text(2_000) }),
});
