import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { z } from 'zod';
import { Tickets } from '../repository/ticket-repository.js';
import { commandBody, text, TicketRequest } from './command-body.js';

export const noteBody = commandBody('note', {
  body: text(10_000),
  internal: z.boolean().optional().describe('Not for the team that opened the ticket.'),
});

export class AddNote extends TicketRequest<z.output<typeof noteBody>> {}

@CommandHandler(AddNote)
export class AddNoteHandler implements ICommandHandler<AddNote> {
  constructor(private readonly tickets: Tickets) {}

  execute(request: AddNote) {
    const { body, internal = false } = request.body;
    return this.tickets.transact(request.asked, { type: 'note', body, internal });
  }
}
