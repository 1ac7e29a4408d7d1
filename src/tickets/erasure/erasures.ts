import { Inject, Injectable, Optional } from '@nestjs/common';
import type { Logger } from 'pino';
import { DataKeys } from '../../keys/index.js';
import { asDomainError } from '../../platform/as-domain-error.js';
import { EventStore } from '../../platform/event-store/event-store.js';
import { LOGGER } from '../../platform/observability/logger.js';
import { SecurityLog } from '../../platform/observability/security-log.js';
import { maxWaitMs } from '../../platform/positions.js';
import { Projections } from '../../platform/projections/projections.js';
import { Clock } from '../../shared/clock.js';
import { mapLimit } from '../../shared/concurrency/map-limit.js';
import { refuseHealthNumbers } from '../../shared/identifiers/health-numbers-refused.js';
import type { Instant } from '../../shared/instant.js';
import { DomainError, isRefusal } from '../../shared/problems/domain-error.js';
import { ErasedFiles } from '../attaching/erased-files.js';
import type { Erasure } from '../domain/ticket.events.js';
import { TicketRepository } from '../repository/ticket-repository.js';
import { operatorCommand, type Operator } from './operator-command.js';
import { countTexts } from './written-texts.js';

/** What was erased: when and why it was, the first time, and how many texts there were now. */
export interface ErasedTexts extends Erasure {
  ticketId: string;
  status: 'erased' | 'already-erased';
  erasedAt: Instant;
  texts: number;
  /** Everything that is read includes the erasure from this position on. */
  position: bigint;
}

export type ErasureResult = ErasedTexts | { ticketId: string; error: DomainError };

const maxConcurrent = 8;

/**
 * Erases the texts of tickets. The event comes first: it is what everyone else goes by, keeps the reason, and lets nobody write any more.
 * Then the key is destroyed, and files are deleted. A crash between these is made good by the same command again, and by KeySweeper.
 */
@Injectable()
export class Erasures {
  private readonly security: SecurityLog;

  constructor(
    private readonly tickets: TicketRepository,
    private readonly store: EventStore,
    private readonly projections: Projections,
    private readonly clock: Clock,
    @Inject(LOGGER) logger: Logger,
    @Optional() private readonly keys?: DataKeys,
    @Optional() private readonly files?: ErasedFiles,
  ) {
    this.security = new SecurityLog(logger);
  }

  /**
   * Throws DomainError: `ticket-not-found`, `legal-hold`, `texts-in-plain`, `health-number-refused` for what is to stay for good, and
   * `unavailable`, after which it is to be sent again.
   */
  async erase(ticketId: string, erasure: Erasure, operator: Operator): Promise<ErasedTexts> {
    refuseHealthNumbers(erasure);
    const { keys } = this;
    const { texts, inPlain } = await countTexts(this.store, ticketId);
    if (!keys || inPlain > 0) throw new DomainError('texts-in-plain');
    const metadata = operatorCommand(ticketId, operator, this.clock.now());
    const { ticket, position, status } = await this.tickets.execute(metadata, { type: 'erase', ...erasure });
    const destroyed = await keys.destroy([ticketId]);
    await this.files?.delete(ticketId);
    if (ticket.status === 'unopened' || ticket.erasure === null) throw new Error(`${ticketId} is not erased`);
    const isNew = status === 'applied' || destroyed.length > 0;
    const { principal, correlationId } = operator;
    if (isNew)
      this.security.record('sensitive_delete', principal.id, {
        ...{ what: 'ticket-texts', ticketId, texts, correlationId },
      });
    const { reason, basis, at: erasedAt } = ticket.erasure;
    const counted = { status: isNew ? ('erased' as const) : ('already-erased' as const), texts };
    return { ticketId, reason, basis, erasedAt, position, ...counted };
  }

  /** The same for several tickets: one that is refused stops no other. Throws where something is away, and `health-number-refused`. */
  async eraseAll(
    ticketIds: readonly string[],
    erasure: Erasure,
    operator: Operator,
  ): Promise<ErasureResult[]> {
    refuseHealthNumbers(erasure);
    return mapLimit(maxConcurrent, [...new Set(ticketIds)], async (ticketId) => {
      try {
        return await this.erase(ticketId, erasure, operator);
      } catch (thrown) {
        const error = asDomainError(thrown);
        if (!isRefusal(error)) throw thrown;
        return { ticketId, error };
      }
    });
  }

  /** Whether every read model includes the erasures by now, and so holds none of the texts; waits a few seconds for it. */
  areEmptied(results: readonly ErasureResult[]): Promise<boolean> {
    const positions = results.flatMap((result) => ('error' in result ? [] : [result.position]));
    const newest = positions.reduce((last, position) => (position > last ? position : last), 0n);
    return this.projections.waitForEveryPosition(newest, maxWaitMs);
  }
}
