import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { z } from 'zod';
import { resolutionCodes } from '../ticket.events.js';
import { Tickets } from '../tickets.js';
import { commandBody, text, TicketRequest } from './command-body.js';

export const resolveBody = commandBody('resolve', {
  resolution: z.strictObject({ code: z.enum(resolutionCodes), note: text(10_000) }),
});

export class ResolveTicket extends TicketRequest<z.output<typeof resolveBody>> {}

@CommandHandler(ResolveTicket)
export class ResolveTicketHandler implements ICommandHandler<ResolveTicket> {
  constructor(private readonly tickets: Tickets) {}

  execute(request: ResolveTicket) {
    const { resolution } = request.body;
    return this.tickets.transact(request.asked, { type: 'resolve', resolution });
  }
}
