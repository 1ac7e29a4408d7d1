import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { z } from 'zod';
import { Tickets } from '../repository/ticket-repository.js';
import { commandBody, TicketRequest } from './command-body.js';

export const closeBody = commandBody('close', {});

export class CloseTicket extends TicketRequest<z.output<typeof closeBody>> {}

@CommandHandler(CloseTicket)
export class CloseTicketHandler implements ICommandHandler<CloseTicket> {
  constructor(private readonly tickets: Tickets) {}

  execute(request: CloseTicket) {
    return this.tickets.transact(request.asked, { type: 'close' });
  }
}
