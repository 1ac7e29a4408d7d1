import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { z } from 'zod';
import { holdReasons } from '../domain/ticket.events.js';
import { Tickets } from '../repository/ticket-repository.js';
import { commandBody, text, TicketRequest } from './command-body.js';

export const holdBody = commandBody('hold', {
  reason: z.enum(holdReasons).describe('Whom the work waits for.'),
  note: text(10_000).optional(),
});

export class PutTicketOnHold extends TicketRequest<z.output<typeof holdBody>> {}

@CommandHandler(PutTicketOnHold)
export class PutTicketOnHoldHandler implements ICommandHandler<PutTicketOnHold> {
  constructor(private readonly tickets: Tickets) {}

  execute(request: PutTicketOnHold) {
    const { reason, note } = request.body;
    return this.tickets.transact(request.asked, { type: 'hold', reason, note });
  }
}
