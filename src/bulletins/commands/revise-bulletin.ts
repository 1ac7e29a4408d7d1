import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { lastPublication } from '../domain/bulletin.js';
import {
  BulletinRepository,
  type BulletinCommandMetadata,
  type BulletinOutcome,
} from '../repository/bulletin-repository.js';
import { TicketDay } from '../repository/ticket-day.js';
import { DomainError } from '../../shared/problems/domain-error.js';

export class ReviseBulletin extends Command<BulletinOutcome> {
  constructor(readonly metadata: BulletinCommandMetadata) {
    super();
  }
}

@CommandHandler(ReviseBulletin)
export class ReviseBulletinHandler implements ICommandHandler<ReviseBulletin> {
  constructor(
    private readonly bulletins: BulletinRepository,
    private readonly ticketDay: TicketDay,
  ) {}

  execute({ metadata }: ReviseBulletin): Promise<BulletinOutcome> {
    const { date, principal } = metadata;
    return this.bulletins.execute(metadata, async ({ bulletin }) => {
      if (bulletin.status === 'unwritten') throw new DomainError('bulletin-not-found');
      if (bulletin.status === 'draft') throw new DomainError('not-published');
      const day = bulletin.draft.ticketDay;
      const check = await this.ticketDay.figuresCheck(bulletin.draft);
      const causes = await this.ticketDay.causes(day, lastPublication(bulletin).figures, check.figures);
      return { type: 'revise', date, by: principal.id, causes, ...check };
    });
  }
}
