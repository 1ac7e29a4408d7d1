import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { LOGGER } from '../../platform/observability/logger.js';
import { SecurityLog } from '../../platform/observability/security-log.js';
import { Clock } from '../../shared/clock.js';
import { refuseHealthNumbers } from '../../shared/identifiers/health-numbers-refused.js';
import type { CommandPayload } from '../domain/ticket.js';
import type { CommandOutcome } from '../repository/command-outcome.js';
import { TicketRepository } from '../repository/ticket-repository.js';
import { operatorCommand, type Operator } from './operator-command.js';

/** Has single tickets kept, whatever their age and whoever would erase them, and lets them go again. */
@Injectable()
export class LegalHolds {
  private readonly security: SecurityLog;

  constructor(
    private readonly tickets: TicketRepository,
    private readonly clock: Clock,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.security = new SecurityLog(logger);
  }

  /** Throws DomainError. */
  place(ticketId: string, reason: string, operator: Operator): Promise<CommandOutcome> {
    return this.execute(ticketId, { type: 'place-hold', reason }, operator);
  }

  /** Throws DomainError. */
  release(ticketId: string, reason: string | undefined, operator: Operator): Promise<CommandOutcome> {
    return this.execute(ticketId, { type: 'release-hold', reason }, operator);
  }

  private async execute(
    ticketId: string,
    payload: CommandPayload<'place-hold' | 'release-hold'>,
    operator: Operator,
  ): Promise<CommandOutcome> {
    const { reason } = payload;
    // It stays in the log in plain, whatever is erased.
    refuseHealthNumbers({ reason });
    const metadata = operatorCommand(ticketId, operator, this.clock.now());
    const outcome = await this.tickets.execute(metadata, payload);
    if (outcome.status === 'applied')
      this.security.record('sensitive_update', operator.principal.id, {
        ...{ what: `ticket-${payload.type}`, ticketId, correlationId: operator.correlationId },
      });
    return outcome;
  }
}
