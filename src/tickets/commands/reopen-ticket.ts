import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { z } from 'zod';
import { Tickets } from '../repository/ticket-repository.js';
import { commandBody, text, TicketRequest } from './command-body.js';

export const reopenBody = commandBody('reopen', { reason: text(2_000) });

export class ReopenTicket extends TicketRequest<z.output<typeof reopenBody>> {}

@CommandHandler(ReopenTicket)
export class ReopenTicketHandler implements ICommandHandler<ReopenTicket> {
  constructor(private readonly tickets: Tickets) {}

  execute(request: ReopenTicket) {
    const { reason } = request.body;
    return this.tickets.transact(request.asked, { type: 'reopen', reason });
  }
}
