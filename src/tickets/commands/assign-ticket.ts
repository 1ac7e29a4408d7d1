import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { z } from 'zod';
import { localized } from '../../platform/http/request-context.js';
import { Tickets } from '../repository/ticket-repository.js';
import { commandBody, line, TicketRequest } from './command-body.js';

interface Assignment {
  team?: string | null | undefined;
  assignee?: string | null | undefined;
}
export const namesSomeone = ({ team, assignee }: Assignment): boolean =>
  team !== undefined || assignee !== undefined;
export const namesNobody = (): string =>
  localized({ fr: '«team» ou «assignee» est requis', en: '«team» or «assignee» is required' });

export const assignBody = commandBody('assign', {
  team: line(100).nullable().optional().describe('null takes the ticket from its team.'),
  assignee: line(100).nullable().optional().describe('null takes the ticket from its person.'),
}).refine(namesSomeone, { error: namesNobody });

export class AssignTicket extends TicketRequest<z.output<typeof assignBody>> {}

@CommandHandler(AssignTicket)
export class AssignTicketHandler implements ICommandHandler<AssignTicket> {
  constructor(private readonly tickets: Tickets) {}

  execute(request: AssignTicket) {
    const { team, assignee } = request.body;
    return this.tickets.transact(request.asked, { type: 'assign', team, assignee });
  }
}
