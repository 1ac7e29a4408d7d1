import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import {
  BulletinRepository,
  type BulletinCommandMetadata,
  type BulletinOutcome,
} from '../repository/bulletin-repository.js';

/** Gives up a draft that was never published. */
export class DeleteDraft extends Command<BulletinOutcome> {
  constructor(readonly metadata: BulletinCommandMetadata) {
    super();
  }
}

@CommandHandler(DeleteDraft)
export class DeleteDraftHandler implements ICommandHandler<DeleteDraft> {
  constructor(private readonly bulletins: BulletinRepository) {}

  execute({ metadata }: DeleteDraft): Promise<BulletinOutcome> {
    const { date, principal } = metadata;
    return this.bulletins.execute(metadata, () => ({ type: 'delete-draft', date, by: principal.id }));
  }
}
