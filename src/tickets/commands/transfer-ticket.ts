import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { z } from 'zod';
import { Places } from './places.js';
import { Tickets } from '../repository/ticket-repository.js';
import { commandBody, line, TicketRequest } from './command-body.js';

export const transferBody = commandBody('transfer', {
  establishment: line(200).describe('Code, official name or alias of where the ticket goes.'),
  site: line(200).optional(),
});

export class TransferTicket extends TicketRequest<z.output<typeof transferBody>> {}

@CommandHandler(TransferTicket)
export class TransferTicketHandler implements ICommandHandler<TransferTicket> {
  constructor(
    private readonly tickets: Tickets,
    private readonly places: Places,
  ) {}

  execute(request: TransferTicket) {
    const to = this.places.find(request.body.establishment, request.body.site);
    return this.tickets.transact(request.asked, { type: 'transfer', to });
  }
}
