import { z } from 'zod';
import { categories } from '../domain/ticket.events.js';
import { commandBody } from './command-body.js';
import { ticketCommand } from './ticket-command.js';

export const recategorizeTicket = ticketCommand({
  type: 'recategorize',
  permission: 'tickets:recategorize',
  body: commandBody('recategorize', { category: z.enum(categories) }),
});
