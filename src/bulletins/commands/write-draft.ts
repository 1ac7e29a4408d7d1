import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Problem } from '../../platform/http/problem.js';
import type { Contents } from '../domain/bulletin.events.js';
import { isSameText } from '../domain/bulletin.js';
import {
  Bulletins,
  type Asked,
  type BulletinSnapshot,
  type Outcome,
} from '../repository/bulletin-repository.js';
import { DraftContents, type DraftBody } from '../repository/draft-contents.js';

export class WriteDraft extends Command<Outcome> {
  constructor(
    readonly asked: Asked,
    readonly body: DraftBody,
  ) {
    super();
  }
}

@CommandHandler(WriteDraft)
export class WriteDraftHandler implements ICommandHandler<WriteDraft> {
  constructor(
    private readonly bulletins: Bulletins,
    private readonly contents: DraftContents,
  ) {}

  async execute({ asked, body }: WriteDraft): Promise<Outcome> {
    const contents = this.contents.of(body);
    const { date, principal } = asked;
    return this.bulletins.transact(asked, (before) => {
      if (asked.ifMatch === undefined) assertReplacesNobodysText(before, contents, principal.id);
      return { type: 'draft', date, by: principal.id, contents };
    });
  }
}

/** Without If-Match nobody has said what they saw: that replaces no text but one's own. */
const assertReplacesNobodysText = (before: BulletinSnapshot, contents: Contents, by: string): void => {
  const { bulletin, revision } = before;
  if (bulletin.status === 'unwritten' || bulletin.draftedBy === by) return;
  if (!isSameText(contents, bulletin.draft)) throw new Problem('version-mismatch', { members: { revision } });
};
