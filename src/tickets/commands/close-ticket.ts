import { commandBody } from '../execution/command-body.js';
import { ticketCommand } from '../execution/ticket-command.js';

export const closeTicket = ticketCommand({
  type: 'close',
  permission: 'tickets:close',
  body: commandBody('close', {}),
});
