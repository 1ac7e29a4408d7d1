import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { z } from 'zod';
import { categories } from '../domain/ticket.events.js';
import { Tickets } from '../repository/ticket-repository.js';
import { commandBody, TicketRequest } from './command-body.js';

export const recategorizeBody = commandBody('recategorize', { category: z.enum(categories) });

export class RecategorizeTicket extends TicketRequest<z.output<typeof recategorizeBody>> {}

@CommandHandler(RecategorizeTicket)
export class RecategorizeTicketHandler implements ICommandHandler<RecategorizeTicket> {
  constructor(private readonly tickets: Tickets) {}

  execute(request: RecategorizeTicket) {
    const { category } = request.body;
    return this.tickets.transact(request.asked, { type: 'recategorize', category });
  }
}
