import { commandBody } from '../execution/command-body.js';
import { line } from '../../platform/text-schema.js';
import { ticketCommand } from '../execution/ticket-command.js';

export const transferTicket = ticketCommand({
  type: 'transfer',
  permission: 'tickets:transfer',
  body: commandBody('transfer', {
    establishment: line(200).describe('Code, official name or alias of where the ticket goes.'),
    site: line(200).optional(),
  }),
  prepare: ({ establishment, site }, { places }) => ({ to: places.find(establishment, site) }),
});
