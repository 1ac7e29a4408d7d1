import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import {
  BulletinRepository,
  type BulletinCommandMetadata,
  type BulletinOutcome,
} from '../repository/bulletin-repository.js';

/** Takes back what was published last, with a reason that is shown with it. */
export class WithdrawBulletin extends Command<BulletinOutcome> {
  constructor(
    readonly metadata: BulletinCommandMetadata,
    readonly reason: string,
  ) {
    super();
  }
}

@CommandHandler(WithdrawBulletin)
export class WithdrawBulletinHandler implements ICommandHandler<WithdrawBulletin> {
  constructor(private readonly bulletins: BulletinRepository) {}

  execute({ metadata, reason }: WithdrawBulletin): Promise<BulletinOutcome> {
    const { date, principal } = metadata;
    return this.bulletins.execute(metadata, () => ({ type: 'withdraw', date, by: principal.id, reason }));
  }
}
