import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { z } from 'zod';
import { Places } from './places.js';
import { categories, priorities } from '../domain/ticket.events.js';
import { Tickets } from '../repository/ticket-repository.js';
import { commandBody, line, text, TicketRequest } from './command-body.js';

export const openBody = commandBody('open', {
  establishment: line(200).describe('Code, official name or alias.'),
  site: line(200).optional(),
  title: line(200),
  description: text(10_000).optional(),
  category: z.enum(categories),
  priority: z.enum(priorities),
  team: line(100).optional(),
  location: line(200).optional(),
});

export class OpenTicket extends TicketRequest<z.output<typeof openBody>> {}

@CommandHandler(OpenTicket)
export class OpenTicketHandler implements ICommandHandler<OpenTicket> {
  constructor(
    private readonly tickets: Tickets,
    private readonly places: Places,
  ) {}

  execute(request: OpenTicket) {
    const { title, description, category, priority, team, location } = request.body;
    const at = this.places.find(request.body.establishment, request.body.site);
    const details = { title, description, category, priority, team, location };
    return this.tickets.transact(request.asked, { type: 'open', at, ...details });
  }
}
