import { z } from 'zod';
import { commandBody } from '../execution/command-body.js';
import { text } from '../../platform/text-schema.js';
import { ticketCommand } from '../execution/ticket-command.js';

export const addNote = ticketCommand({
  type: 'note',
  permission: 'tickets:note',
  body: commandBody('note', {
    body: text(10_000),
    internal: z.boolean().optional().describe('Not for the team that opened the ticket.'),
  }),
  // The default is set here and not by the schema: the fingerprint is made of the schema's output, and must not change.
  prepare: ({ body, internal = false }) => ({ body, internal }),
});
