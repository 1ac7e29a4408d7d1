import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Contents } from '../domain/bulletin.events.js';
import { isSameText } from '../domain/bulletin.js';
import {
  BulletinRepository,
  type BulletinCommandMetadata,
  type BulletinSnapshot,
  type BulletinOutcome,
} from '../repository/bulletin-repository.js';
import { DraftContents, type DraftBody } from '../repository/draft-contents.js';
import { DomainError } from '../../shared/problems/domain-error.js';

export class WriteDraft extends Command<BulletinOutcome> {
  constructor(
    readonly metadata: BulletinCommandMetadata,
    readonly body: DraftBody,
  ) {
    super();
  }
}

@CommandHandler(WriteDraft)
export class WriteDraftHandler implements ICommandHandler<WriteDraft> {
  constructor(
    private readonly bulletins: BulletinRepository,
    private readonly contents: DraftContents,
  ) {}

  async execute({ metadata, body }: WriteDraft): Promise<BulletinOutcome> {
    const contents = this.contents.of(body);
    const { date, principal } = metadata;
    return this.bulletins.execute(metadata, (before) => {
      if (metadata.ifMatch === undefined) assertReplacesNobodysText(before, contents, principal.id);
      return { type: 'draft', date, by: principal.id, contents };
    });
  }
}

/** Refuses to replace another person's text without If-Match: the writer has not said which revision they saw. */
const assertReplacesNobodysText = (before: BulletinSnapshot, contents: Contents, by: string): void => {
  const { bulletin, revision } = before;
  if (bulletin.status === 'unwritten' || bulletin.draftedBy === by) return;
  if (!isSameText(contents, bulletin.draft))
    throw new DomainError('version-mismatch', { members: { revision } });
};
