import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import {
  BulletinRepository,
  type BulletinCommandMetadata,
  type BulletinOutcome,
} from '../repository/bulletin-repository.js';
import { TicketDay } from '../repository/ticket-day.js';
import { DomainError } from '../../shared/problems/domain-error.js';

export class PublishBulletin extends Command<BulletinOutcome> {
  constructor(readonly metadata: BulletinCommandMetadata) {
    super();
  }
}

@CommandHandler(PublishBulletin)
export class PublishBulletinHandler implements ICommandHandler<PublishBulletin> {
  constructor(
    private readonly bulletins: BulletinRepository,
    private readonly ticketDay: TicketDay,
  ) {}

  execute({ metadata }: PublishBulletin): Promise<BulletinOutcome> {
    const { date, principal } = metadata;
    return this.bulletins.execute(metadata, async ({ bulletin }) => {
      if (bulletin.status === 'unwritten') throw new DomainError('bulletin-not-found');
      const day = bulletin.draft.ticketDay;
      const check = await this.ticketDay.figuresCheck(bulletin.draft);
      return { type: 'publish', date, by: principal.id, dayEndsAt: this.ticketDay.endsAt(day), ...check };
    });
  }
}
