import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Problem } from '../../platform/http/problem.js';
import { lastPublication } from '../domain/bulletin.js';
import { Bulletins, type Asked, type Outcome } from '../repository/bulletin-repository.js';
import { TicketDay } from '../repository/ticket-day.js';

export class ReviseBulletin extends Command<Outcome> {
  constructor(readonly asked: Asked) {
    super();
  }
}

@CommandHandler(ReviseBulletin)
export class ReviseBulletinHandler implements ICommandHandler<ReviseBulletin> {
  constructor(
    private readonly bulletins: Bulletins,
    private readonly ticketDay: TicketDay,
  ) {}

  execute({ asked }: ReviseBulletin): Promise<Outcome> {
    const { date, principal } = asked;
    return this.bulletins.transact(asked, async ({ bulletin }) => {
      if (bulletin.status === 'unwritten') throw new Problem('bulletin-not-found');
      if (bulletin.status === 'draft') throw new Problem('not-published');
      const day = bulletin.draft.ticketDay;
      const books = await this.ticketDay.books(day);
      const causes = await this.ticketDay.causes(day, lastPublication(bulletin).figures, books.figures);
      return { type: 'revise', date, by: principal.id, causes, ...books };
    });
  }
}
