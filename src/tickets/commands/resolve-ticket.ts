import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { z } from 'zod';
import { resolutionCodes } from '../domain/ticket.events.js';
import { Children } from '../relations/children.js';
import { Tickets } from '../repository/ticket-repository.js';
import { commandBody, text, TicketRequest } from './command-body.js';

export const resolveBody = commandBody('resolve', {
  resolution: z.strictObject({ code: z.enum(resolutionCodes), note: text(10_000) }),
  cascade: z
    .boolean()
    .optional()
    .transform((cascade) => (cascade ? true : undefined))
    .describe('Resolves the tickets under this one, too, with the same resolution.'),
});

export type ResolveBody = z.output<typeof resolveBody>;

export class ResolveTicket extends TicketRequest<ResolveBody> {}

@CommandHandler(ResolveTicket)
export class ResolveTicketHandler implements ICommandHandler<ResolveTicket> {
  constructor(
    private readonly tickets: Tickets,
    private readonly children: Children,
  ) {}

  async execute({ asked, body }: ResolveTicket) {
    const { resolution, cascade, occurredAt } = body;
    const outcome = await this.tickets.transact(asked, { type: 'resolve', resolution });
    return cascade ? this.children.resolve(asked, outcome, resolution, occurredAt) : outcome;
  }
}
