import { commandBody } from './command-body.js';
import { ticketCommand } from './ticket-command.js';

export const closeTicket = ticketCommand({
  type: 'close',
  permission: 'tickets:close',
  body: commandBody('close', {}),
});
