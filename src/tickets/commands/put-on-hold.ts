import { z } from 'zod';
import { holdReasons } from '../domain/ticket.events.js';
import { commandBody } from '../execution/command-body.js';
import { text } from '../../platform/text-schema.js';
import { ticketCommand } from '../execution/ticket-command.js';

export const putOnHold = ticketCommand({
  type: 'hold',
  permission: 'tickets:hold',
  body: commandBody('hold', {
    reason: z.enum(holdReasons).describe('Whom the work waits for.'),
    note: text(10_000).optional(),
  }),
});
