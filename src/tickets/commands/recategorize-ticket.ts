import { z } from 'zod';
import { categories } from '../domain/ticket.events.js';
import { commandBody } from '../execution/command-body.js';
import { ticketCommand } from '../execution/ticket-command.js';

export const recategorizeTicket = ticketCommand({
  type: 'recategorize',
  permission: 'tickets:recategorize',
  body: commandBody('recategorize', { category: z.enum(categories) }),
});
