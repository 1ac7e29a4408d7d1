import { commandBody } from './command-body.js';
import { ticketCommand } from './ticket-command.js';

export const startWork = ticketCommand({
  type: 'start',
  permission: 'tickets:start',
  body: commandBody('start', {}),
});
