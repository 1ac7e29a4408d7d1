import { z } from 'zod';
import { relations } from '../domain/ticket.events.js';
import { commandBody, uuid } from '../execution/command-body.js';
import { ticketCommand } from '../execution/ticket-command.js';

export const linkTicket = ticketCommand({
  type: 'link',
  permission: 'tickets:link',
  body: commandBody('link', {
    to: uuid.describe('The other ticket.'),
    relation: z.enum(relations).describe('What the other ticket is to this one.'),
  }),
  prepare: async ({ to, relation }, { metadata, tickets }) => ({
    to,
    relation,
    target: await tickets.statusOf(to, metadata.principal),
  }),
});
