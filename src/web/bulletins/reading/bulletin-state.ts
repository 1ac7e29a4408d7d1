import { Injectable } from '@nestjs/common';
import type { Behind } from '../../../billets-quotidiens/index.js';
import {
  changesBetween,
  isDraftChanged,
  textChanges,
  type Publication,
  type FigureChange,
  type PublicationProof,
  BulletinRepository,
  PublicationSigner,
  type WrittenSnapshot,
  TicketDay,
  type AnyDayCheck,
} from '../../../bulletins/index.js';
import { Establishments } from '../../../establishments/index.js';
import { Clock } from '../../../shared/clock.js';
import type { Instant } from '../../../shared/instant.js';

/** A bulletin, and the figures and checks of its ticket day at this moment. */
export interface BulletinState extends AnyDayCheck {
  snapshot: WrittenSnapshot;
  /** The newest publication. */
  publication: Publication | undefined;
  /** The signature of each publication, by its number, with what is found of it. */
  proofs: ReadonlyMap<number, PublicationProof | undefined>;
  /** The figures that differ from that publication now. */
  changes: readonly FigureChange[];
  /** The texts and relevés of the draft that differ from that publication. */
  texts: ReturnType<typeof textChanges>;
  isDraftChanged: boolean;
  /** When the ticket day ends at the last establishment; undefined once it has ended. */
  endsAt: Instant | undefined;
  /** How far the figures are behind the log; undefined where they are up to date, or there are none. */
  behind: Behind | undefined;
  /** The reporting zone. */
  timeZone: string;
}

/** Whether a first publication would be accepted, as far as is known now. */
export const isReady = ({ figures, behind, broken, endsAt }: BulletinState): boolean =>
  figures !== undefined && behind === undefined && broken.length === 0 && endsAt === undefined;

@Injectable()
export class ReadBulletinState {
  constructor(
    private readonly bulletins: BulletinRepository,
    private readonly ticketDay: TicketDay,
    private readonly establishments: Establishments,
    private readonly clock: Clock,
    private readonly signer: PublicationSigner,
  ) {}

  /** The state of the bulletin of a date. Throws `bulletin-not-found`. */
  async read(date: string): Promise<BulletinState> {
    return this.of(await this.bulletins.written(date));
  }

  async of(snapshot: WrittenSnapshot): Promise<BulletinState> {
    const { date, bulletin } = snapshot;
    const behind = await this.ticketDay.behindSoon();
    const check = await this.ticketDay.figuresCheckAsKnown(bulletin.draft);
    const publication = bulletin.publications.at(-1);
    const endsAt = this.ticketDay.endsAt(bulletin.draft.ticketDay);
    return {
      ...check,
      behind: check.figures && behind,
      snapshot,
      publication,
      proofs: new Map(bulletin.publications.map((each) => [each.revision, this.signer.proofOf(date, each)])),
      changes: publication && check.figures ? changesBetween(publication.figures, check.figures) : [],
      texts: publication ? textChanges(publication.contents, bulletin.draft) : { sections: [], releves: [] },
      isDraftChanged: isDraftChanged(bulletin),
      timeZone: this.establishments.reportingTimeZone,
      endsAt: endsAt > this.clock.now() ? endsAt : undefined,
    };
  }
}
