import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { z } from 'zod';
import { MergeLock } from '../merge-lock.js';
import { Tickets } from '../tickets.js';
import { commandBody, TicketRequest, uuid } from './command-body.js';

export const mergeBody = commandBody('merge', { into: uuid.describe('The ticket that goes on.') });

export class MergeTicket extends TicketRequest<z.output<typeof mergeBody>> {}

@CommandHandler(MergeTicket)
export class MergeTicketHandler implements ICommandHandler<MergeTicket> {
  constructor(
    private readonly tickets: Tickets,
    private readonly lock: MergeLock,
  ) {}

  /** One merge at a time: of two that cross, each into the other's ticket, the second must see the first, or both tickets would be gone. */
  execute(request: MergeTicket) {
    const { into } = request.body;
    return this.lock.run(async () => {
      const target = await this.tickets.statusOf(into, request.asked.principal);
      return this.tickets.transact(request.asked, { type: 'merge', into, target });
    });
  }
}
