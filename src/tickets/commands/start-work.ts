import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { z } from 'zod';
import { Tickets } from '../repository/ticket-repository.js';
import { commandBody, TicketRequest } from './command-body.js';

export const startBody = commandBody('start', {});

export class StartWork extends TicketRequest<z.output<typeof startBody>> {}

@CommandHandler(StartWork)
export class StartWorkHandler implements ICommandHandler<StartWork> {
  constructor(private readonly tickets: Tickets) {}

  execute(request: StartWork) {
    return this.tickets.transact(request.asked, { type: 'start' });
  }
}
