import { Injectable } from '@nestjs/common';
import type { Contents } from '../domain/bulletin.events.js';
import { currentWithdrawal, type Publication, type WrittenBulletin } from '../domain/bulletin.js';
import { bulletinView, type BulletinView, type PublishedView } from '../bulletin.view.js';
import type { WrittenSnapshot } from './bulletin-repository.js';
import type { BulletinDocument } from '../rendering/content/page.js';
import { PublicationSigner } from '../signing/publication-signer.js';
import { TicketDay } from './ticket-day.js';
import { DomainError } from '../../shared/problems/domain-error.js';

/** The state of a bulletin to show: its draft, or a publication by number; undefined for the newest publication, else the draft. */
export type RevisionSelector = 'draft' | number | undefined;

/** Makes the state of a bulletin that readers are shown. Throws `revision-not-found` for a number that was not published. */
@Injectable()
export class PublishedViews {
  constructor(
    private readonly ticketDay: TicketDay,
    private readonly signer: PublicationSigner,
  ) {}

  async view({ date, bulletin }: WrittenSnapshot, wanted: RevisionSelector): Promise<BulletinView> {
    const publication = publicationOf(bulletin, wanted);
    const behind = await this.ticketDay.behind();
    const now = await this.ticketDay.figures(publication?.contents ?? bulletin.draft);
    const shown: PublishedView = publication
      ? this.shown(date, publication)
      : { revision: 0, contents: bulletin.draft, figures: now, publication, proof: undefined };
    return bulletinView(date, bulletin, shown, now, now && behind);
  }

  async document({ date, bulletin }: WrittenSnapshot, wanted: RevisionSelector): Promise<BulletinDocument> {
    const publication = publicationOf(bulletin, wanted);
    if (publication) {
      const corrected = bulletin.publications[publication.revision - 2];
      const withdrawal = currentWithdrawal(bulletin);
      return { date, corrected, behind: undefined, withdrawal, ...this.shown(date, publication) };
    }
    return this.draftDocument(date, bulletin.draft);
  }

  /** A draft with these contents as it is printed now. */
  async draftDocument(date: string, contents: Contents): Promise<BulletinDocument> {
    const behind = await this.ticketDay.behind();
    const figures = await this.ticketDay.figures(contents);
    const known = { figures, behind: figures && behind };
    return {
      date,
      revision: 0,
      contents,
      ...known,
      publication: undefined,
      corrected: undefined,
      proof: undefined,
      withdrawal: undefined,
    };
  }

  private shown(date: string, publication: Publication): PublishedView {
    const { revision, contents, figures } = publication;
    return { revision, contents, figures, publication, proof: this.signer.proofOf(date, publication) };
  }
}

const publicationOf = (
  { publications }: WrittenBulletin,
  wanted: RevisionSelector,
): PublishedView['publication'] => {
  if (wanted === 'draft') return undefined;
  if (wanted === undefined) return publications.at(-1);
  const publication = publications[wanted - 1];
  if (!publication) throw new DomainError('revision-not-found');
  return publication;
};
