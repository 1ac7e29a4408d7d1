import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { z } from 'zod';
import { NotForeseen } from '../commands-together.js';
import { Merges } from '../merges/merges.js';
import { Tickets } from '../tickets.js';
import { commandBody, TicketRequest, uuid } from './command-body.js';

export const mergeBody = commandBody('merge', { into: uuid.describe('The ticket that goes on.') });

export class MergeTicket extends TicketRequest<z.output<typeof mergeBody>> {}

@CommandHandler(MergeTicket)
export class MergeTicketHandler implements ICommandHandler<MergeTicket> {
  constructor(
    private readonly tickets: Tickets,
    private readonly merges: Merges,
  ) {}

  /**
   * Of two merges that cross, each into the other's ticket, the second must see the first, or both tickets would be gone. So what
   * it comes to is not known before it is written.
   */
  async execute(request: MergeTicket) {
    const { into } = request.body;
    if (request.asked.together) throw new NotForeseen();
    return this.merges.run(async (append) => {
      const target = await this.tickets.statusOf(into, request.asked.principal);
      return this.tickets.transact(request.asked, { type: 'merge', into, target }, append);
    });
  }
}
