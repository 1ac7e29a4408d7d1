import { z } from 'zod';
import { categories, priorities } from '../domain/ticket.events.js';
import { commandBody } from '../execution/command-body.js';
import { line, text } from '../../platform/text-schema.js';
import { requesterBody } from './change-requester.js';
import { ticketCommand } from '../execution/ticket-command.js';

export const openTicket = ticketCommand({
  type: 'open',
  permission: 'tickets:open',
  body: commandBody('open', {
    establishment: line(200).describe('Code, official name or alias.'),
    site: line(200).optional(),
    title: line(200),
    description: text(10_000).optional(),
    category: z.enum(categories),
    priority: z.enum(priorities),
    team: line(100).optional(),
    location: line(200).optional(),
    requester: requesterBody.optional(),
  }),
  prepare: (body, { places, titles }) => {
    const { establishment, site, title, description, category, priority, team, location, requester } = body;
    return {
      at: places.find(establishment, site),
      titleIsRefused: titles.isRefused(title),
      ...{ title, description, category, priority, team, location, requester },
    };
  },
});
