import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { z } from 'zod';
import { Tickets } from '../repository/ticket-repository.js';
import { commandBody, text, TicketRequest } from './command-body.js';

export const cancelBody = commandBody('cancel', { reason: text(2_000) });

export class CancelTicket extends TicketRequest<z.output<typeof cancelBody>> {}

@CommandHandler(CancelTicket)
export class CancelTicketHandler implements ICommandHandler<CancelTicket> {
  constructor(private readonly tickets: Tickets) {}

  execute(request: CancelTicket) {
    const { reason } = request.body;
    return this.tickets.transact(request.asked, { type: 'cancel', reason });
  }
}
