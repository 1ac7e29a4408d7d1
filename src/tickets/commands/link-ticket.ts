import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { z } from 'zod';
import { relations } from '../domain/ticket.events.js';
import { Tickets } from '../repository/ticket-repository.js';
import { commandBody, TicketRequest, uuid } from './command-body.js';

export const linkBody = commandBody('link', {
  to: uuid.describe('The other ticket.'),
  relation: z.enum(relations).describe('What the other ticket is to this one.'),
});

export class LinkTicket extends TicketRequest<z.output<typeof linkBody>> {}

@CommandHandler(LinkTicket)
export class LinkTicketHandler implements ICommandHandler<LinkTicket> {
  constructor(private readonly tickets: Tickets) {}

  async execute({ asked, body: { to, relation } }: LinkTicket) {
    const other = await this.tickets.named(to, asked);
    return 'earlier' in other
      ? other.earlier
      : this.tickets.transact(asked, { type: 'link', to, relation, ...other });
  }
}
