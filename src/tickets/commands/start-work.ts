import { commandBody } from '../execution/command-body.js';
import { ticketCommand } from '../execution/ticket-command.js';

export const startWork = ticketCommand({
  type: 'start',
  permission: 'tickets:start',
  body: commandBody('start', {}),
});
