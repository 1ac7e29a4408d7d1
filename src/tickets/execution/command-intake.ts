import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Principal } from '../../access/index.js';
import type { IfMatch } from '../../shared/if-match.js';
import { withTextsAsWritten } from '../../platform/text-schema.js';
import { DomainError } from '../../shared/problems/domain-error.js';
import { Clock } from '../../shared/clock.js';
import { isAfter, milliseconds, type Instant } from '../../shared/instant.js';
import { namespaceOf, uuidFromName } from '../../platform/uuid-from-name.js';
import type { TicketCommandType } from '../domain/ticket.js';
import type { CommandOutcome } from '../repository/command-outcome.js';
import { fingerprintOf } from '../repository/fingerprint.js';
import type { SentAfter } from '../repository/ticket-history.js';
import type { Warning } from '../../platform/warnings-schema.js';
import { withWarnings } from '../command-warnings.js';
import { isPlausible, notPlausible, type CommandBody } from './command-body.js';
import { ExecuteTicketCommand } from './execute-ticket-command.js';
import { ticketCommands } from '../commands/index.js';

/** Who sends a command, and by what way. */
export interface CommandContext {
  principal: Principal;
  ifMatch?: IfMatch;
  /** The command as it was sent, before its schema changed anything. */
  sent: unknown;
  /** The command's id where its body has none, such as the one an `Idempotency-Key` stands for. */
  commandId?: string | undefined;
  /** What ties the traces of the request together; the command's id, where it comes by none. */
  correlationId?: string | undefined;
  deviceId?: string;
  /** How many milliseconds the device's clock is ahead of the server's, where it is to be corrected. */
  clockSkewMs?: number;
  /** In a repeated batch: whether an event came of a command that was sent with this one before, and after it. */
  sentAfter?: SentAfter | undefined;
}

export interface SubmittedCommand extends CommandOutcome {
  /** What was noticed in the command's texts. */
  warnings?: Warning[];
}

const ticketNamespace = namespaceOf('f4b1b5ac-5c0e-5c1b-8f0a-6d6f9c1d7b52');

/** The only way in for commands, whether they come alone or in a batch. */
@Injectable()
export class CommandIntake {
  constructor(
    private readonly bus: CommandBus,
    private readonly clock: Clock,
  ) {}

  /** `body` has passed the command's schema. Throws DomainError. */
  async submit(
    type: TicketCommandType,
    body: CommandBody,
    context: CommandContext,
    ticketId?: string,
  ): Promise<SubmittedCommand> {
    const outcome = await this.execute(this.accept(type, body, context, ticketId));
    return { ...outcome, ...withWarnings(body) };
  }

  execute(command: ExecuteTicketCommand): Promise<CommandOutcome> {
    return this.bus.execute(command);
  }

  /** The command with its metadata, ready to be executed. Throws DomainError. */
  accept(
    type: TicketCommandType,
    body: CommandBody,
    context: CommandContext,
    ticketId?: string,
  ): ExecuteTicketCommand {
    const commandId = body.commandId ?? context.commandId ?? randomUUID();
    const id = ticketId ?? body.ticketId ?? ticketIdOf(commandId);
    if (body.ticketId !== undefined && body.ticketId !== id) throw otherTicket();
    const { principal, sent, ifMatch, deviceId, clockSkewMs, sentAfter } = context;
    const { correlationId = commandId } = context;
    const rawClaimedAt = body.occurredAt ?? this.clock.now();
    // The server's own time needs no correction.
    const skewMs = body.occurredAt === undefined ? undefined : clockSkewMs;
    return new ExecuteTicketCommand(type, body, {
      principal,
      commandId,
      ticketId: id,
      fingerprint: fingerprintOf(type, id, body),
      fingerprintAsWritten: () => fingerprintAsWritten(type, id, sent),
      rawClaimedAt,
      claimedAt: corrected(rawClaimedAt, skewMs),
      clockSkewMs: skewMs,
      deviceId,
      correlationId,
      ifMatch,
      sentAfter,
    });
  }
}

const fingerprintAsWritten = (type: TicketCommandType, ticketId: string, sent: unknown) => {
  const { data } = withTextsAsWritten(() => ticketCommands[type].body.safeParse(sent ?? {}));
  return data && fingerprintOf(type, ticketId, data);
};

/** The claimed time, corrected by the device's skew. Throws `malformed` where no clock can have been that far off. */
const corrected = (rawClaimedAt: Instant, skewMs = 0): Instant => {
  if (isPlausible(milliseconds(rawClaimedAt) - skewMs)) return isAfter(rawClaimedAt, -skewMs);
  throw new DomainError('malformed', {
    errors: [{ pointer: '/occurredAt', message: notPlausible }],
  });
};

/** The id of a ticket that was opened without one, made from the command's: the same command again opens the same ticket. */
const ticketIdOf = (commandId: string): string => uuidFromName(commandId, ticketNamespace);

const otherTicket = (): DomainError => {
  const message = { fr: 'n’est pas le billet du chemin', en: 'is not the ticket of the path' };
  return new DomainError('malformed', { errors: [{ pointer: '/ticketId', message }] });
};
