import { z } from 'zod';
import { priorities } from '../domain/ticket.events.js';
import { commandBody } from '../execution/command-body.js';
import { ticketCommand } from '../execution/ticket-command.js';

export const reprioritizeTicket = ticketCommand({
  type: 'reprioritize',
  permission: 'tickets:reprioritize',
  body: commandBody('reprioritize', { priority: z.enum(priorities) }),
});
