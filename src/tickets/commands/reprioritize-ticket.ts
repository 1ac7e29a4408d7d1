import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { z } from 'zod';
import { priorities } from '../domain/ticket.events.js';
import { Tickets } from '../repository/ticket-repository.js';
import { commandBody, TicketRequest } from './command-body.js';

export const reprioritizeBody = commandBody('reprioritize', { priority: z.enum(priorities) });

export class ReprioritizeTicket extends TicketRequest<z.output<typeof reprioritizeBody>> {}

@CommandHandler(ReprioritizeTicket)
export class ReprioritizeTicketHandler implements ICommandHandler<ReprioritizeTicket> {
  constructor(private readonly tickets: Tickets) {}

  execute(request: ReprioritizeTicket) {
    const { priority } = request.body;
    return this.tickets.transact(request.asked, { type: 'reprioritize', priority });
  }
}
