import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Problem } from '../../platform/http/problem.js';
import { Bulletins, type Asked, type Outcome } from '../repository/bulletin-repository.js';
import { TicketDay } from '../repository/ticket-day.js';

export class PublishBulletin extends Command<Outcome> {
  constructor(readonly asked: Asked) {
    super();
  }
}

@CommandHandler(PublishBulletin)
export class PublishBulletinHandler implements ICommandHandler<PublishBulletin> {
  constructor(
    private readonly bulletins: Bulletins,
    private readonly ticketDay: TicketDay,
  ) {}

  execute({ asked }: PublishBulletin): Promise<Outcome> {
    const { date, principal } = asked;
    return this.bulletins.transact(asked, async ({ bulletin }) => {
      if (bulletin.status === 'unwritten') throw new Problem('bulletin-not-found');
      const day = bulletin.draft.ticketDay;
      const books = await this.ticketDay.books(day);
      return { type: 'publish', date, by: principal.id, dayEndsAt: this.ticketDay.endsAt(day), ...books };
    });
  }
}
