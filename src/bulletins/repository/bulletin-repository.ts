import { Injectable } from '@nestjs/common';
import type { Principal } from '../../access/index.js';
import { daysBetween, type Day } from '../../calendar/local-days.js';
import { EventStore, VersionConflict } from '../../platform/event-store/event-store.js';
import { assertMatches, type IfMatch } from '../../shared/if-match.js';
import { DomainError } from '../../shared/problems/domain-error.js';
import { Clock } from '../../shared/clock.js';
import { uuidFromName } from '../../platform/uuid-from-name.js';
import { decodeBulletinEvent, encodeBulletinEvent } from '../domain/bulletin.codec.js';
import { bulletinStream, type BulletinEvent } from '../domain/bulletin.events.js';
import {
  decideBulletin,
  evolveBulletin,
  BulletinRefusal,
  unwritten,
  type Bulletin,
  type BulletinCommand,
  type WrittenBulletin,
} from '../domain/bulletin.js';
import { PublicationSigner } from '../signing/publication-signer.js';
import { refusedField } from './refused-field.js';

/** A bulletin folded from its stream, with the stream's revision and the position of its last event. */
export interface BulletinSnapshot<State extends Bulletin = Bulletin> {
  date: string;
  bulletin: State;
  /** How many events the stream has; the ETag is made from it. */
  revision: number;
  position: bigint;
}

export type WrittenSnapshot = BulletinSnapshot<WrittenBulletin>;

export const isWritten = (snapshot: BulletinSnapshot): snapshot is WrittenSnapshot =>
  snapshot.bulletin.status !== 'unwritten';

export interface BulletinCommandMetadata {
  date: string;
  principal: Principal;
  ifMatch: IfMatch;
  correlationId: string;
}

export interface BulletinOutcome extends BulletinSnapshot {
  status: 'created' | 'applied' | 'unchanged';
}

/** Attempts to append. A conflict means that another write succeeded; this many in a row must have another reason. */
const maxAttempts = 20;
const eventNamespace = '0d9c4a52-41a5-5d1f-9b8c-93f0a6a3a3c7';

/** The bulletins, each a stream of events: loads, folds, decides and appends. */
@Injectable()
export class BulletinRepository {
  constructor(
    private readonly store: EventStore,
    private readonly clock: Clock,
    private readonly publications: PublicationSigner,
  ) {}

  /** The bulletin as it is now, or as it was at an earlier revision of its stream. */
  async snapshot(date: string, atRevision?: number): Promise<BulletinSnapshot> {
    const recorded = (await this.store.readStream(bulletinStream(date))).slice(0, atRevision);
    const bulletin = recorded.map(decodeBulletinEvent).reduce(evolveBulletin, unwritten);
    return { date, bulletin, revision: recorded.length, position: recorded.at(-1)?.position ?? 0n };
  }

  /** The bulletin of a date. Throws DomainError `bulletin-not-found` where nothing was written. */
  async written(date: string): Promise<WrittenSnapshot> {
    const snapshot = await this.snapshot(date);
    if (!isWritten(snapshot)) throw new DomainError('bulletin-not-found');
    return snapshot;
  }

  /** The bulletins of a range of dates, both included, oldest first; dates without a bulletin are left out. */
  writtenBetween(from: Day, to: Day): Promise<WrittenSnapshot[]> {
    return this.writtenAt(daysBetween(from, to));
  }

  /** The bulletins of these dates, in their order; dates without a bulletin are left out. */
  async writtenAt(dates: readonly Day[]): Promise<WrittenSnapshot[]> {
    const snapshots = await Promise.all(dates.map((date) => this.snapshot(date)));
    return snapshots.filter(isWritten);
  }

  /**
   * Executes the command that `prepare` makes for the bulletin as it is. When another write changed the bulletin meanwhile, both are
   * done again, unless If-Match names the revision. Throws DomainError.
   */
  async execute(
    metadata: BulletinCommandMetadata,
    prepare: (before: BulletinSnapshot) => Promise<BulletinCommand> | BulletinCommand,
  ): Promise<BulletinOutcome> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.attempt(metadata, prepare);
      } catch (error) {
        if (!(error instanceof VersionConflict) || attempt >= maxAttempts) throw error;
      }
    }
  }

  private async attempt(
    { date, ifMatch, correlationId }: BulletinCommandMetadata,
    prepare: (before: BulletinSnapshot) => Promise<BulletinCommand> | BulletinCommand,
  ): Promise<BulletinOutcome> {
    const before = await this.snapshot(date);
    assertMatches(ifMatch, before.revision);
    const decided = this.decide(await prepare(before), before.bulletin);
    const events = await Promise.all(decided.map((event) => this.publications.proven(date, event)));
    const bulletin = events.reduce(evolveBulletin, before.bulletin);
    if (events.length === 0) return { ...before, bulletin, status: 'unchanged' };
    const { revision, position } = await this.append(before, events, correlationId);
    const isNew = before.bulletin.status === 'unwritten';
    return { date, bulletin, revision, position, status: isNew ? 'created' : 'applied' };
  }

  private decide(command: BulletinCommand, bulletin: Bulletin): BulletinEvent[] {
    try {
      return decideBulletin(command, bulletin, this.clock.now());
    } catch (error) {
      throw error instanceof BulletinRefusal ? refused(error) : error;
    }
  }

  private append(
    { date, revision }: BulletinSnapshot,
    events: readonly BulletinEvent[],
    correlationId: string,
  ) {
    // Event ids are made from the events and their place, so that the store recognises a repeated append.
    const idOf = (event: BulletinEvent, index: number): string =>
      uuidFromName(`${date}/${revision + index}/${JSON.stringify(event)}`, eventNamespace);
    return this.store.append({
      stream: bulletinStream(date),
      expectedRevision: revision,
      events: events.map((event, index) => encodeBulletinEvent(idOf(event, index), event, correlationId)),
    });
  }
}

/** The refusal as a DomainError, with a pointer to the refused field where the refusal is about one. */
const refused = ({ code, about }: BulletinRefusal): DomainError => {
  const pointer = refusedField(code, about);
  return new DomainError(code, {
    ...(pointer === undefined ? {} : { errors: [{ pointer, message: code }] }),
    members: about,
  });
};
