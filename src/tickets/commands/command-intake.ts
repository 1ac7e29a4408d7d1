import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { parse, v5 as uuidFromName } from 'uuid';
import type { Principal } from '../../access/index.js';
import type { IfMatch } from '../../platform/http/preconditions.js';
import { Problem } from '../../platform/http/problem.js';
import { currentCorrelationId, localized } from '../../platform/http/request-context.js';
import { withTextsAsWritten } from '../../platform/http/text.js';
import { Clock } from '../../shared/clock.js';
import { after, milliseconds, type Instant } from '../../shared/instant.js';
import { isPlausible, notPlausible, type CommandBody } from './command-body.js';
import { ticketCommands } from './index.js';
import type { CommandsTogether } from '../repository/commands-together.js';
import { fingerprintOf } from '../repository/fingerprint.js';
import type { TicketCommandType } from '../domain/ticket.js';
import type { SentAfter } from '../repository/ticket-history.js';
import type { Outcome } from '../repository/ticket-repository.js';

/** Who sends, and by what way. */
export interface Sender {
  principal: Principal;
  ifMatch?: IfMatch;
  /** The command as it came, before its schema made anything of it. */
  sent: unknown;
  /** For a body that has none. */
  commandId?: string | undefined;
  deviceId?: string;
  /** How far the device's clock is ahead of the server's, where it's to be corrected. */
  clockSkewMs?: number;
  /** Which events of its ticket tell that the command was sent before, in a batch that comes again. */
  sentAfter?: SentAfter | undefined;
  /** Those it is to be written with. */
  together?: CommandsTogether | undefined;
}

const ticketNamespace = parse('f4b1b5ac-5c0e-5c1b-8f0a-6d6f9c1d7b52');

/** The one way in for commands, whether they come alone or in a batch. */
@Injectable()
export class CommandIntake {
  constructor(
    private readonly bus: CommandBus,
    private readonly clock: Clock,
  ) {}

  /** `body` has passed the command's schema. Throws Problem. */
  submit(type: TicketCommandType, body: CommandBody, sender: Sender, ticketId?: string): Promise<Outcome> {
    const commandId = body.commandId ?? sender.commandId ?? randomUUID();
    const id = ticketId ?? body.ticketId ?? ticketIdOf(commandId);
    if (body.ticketId !== undefined && body.ticketId !== id) throw otherTicket();
    const { principal, sent, ifMatch, deviceId, clockSkewMs, sentAfter, together } = sender;
    const rawClaimedAt = body.occurredAt ?? this.clock.now();
    // The server's own time needs no correction.
    const skewMs = body.occurredAt === undefined ? undefined : clockSkewMs;
    const { request: Request } = ticketCommands[type];
    const asked = {
      principal,
      commandId,
      ticketId: id,
      fingerprint: fingerprintOf(type, id, body),
      fingerprintAsWritten: () => fingerprintAsWritten(type, id, sent),
      rawClaimedAt,
      claimedAt: corrected(rawClaimedAt, skewMs),
      clockSkewMs: skewMs,
      deviceId,
      correlationId: currentCorrelationId() ?? commandId,
      ifMatch,
      sentAfter,
      together,
    };
    return this.bus.execute(new Request(asked, body as never));
  }
}

const fingerprintAsWritten = (type: TicketCommandType, ticketId: string, sent: unknown) => {
  const { data } = withTextsAsWritten(() => ticketCommands[type].schema.safeParse(sent ?? {}));
  return data && fingerprintOf(type, ticketId, data);
};

/** Throws `malformed` where no clock can have been that far off. */
const corrected = (rawClaimedAt: Instant, skewMs = 0): Instant => {
  if (isPlausible(milliseconds(rawClaimedAt) - skewMs)) return after(rawClaimedAt, -skewMs);
  throw new Problem('malformed', {
    errors: [{ pointer: '/occurredAt', message: localized(notPlausible) }],
  });
};

/** A ticket that was given no id gets one made from the command's: the same command again is the same ticket. */
const ticketIdOf = (commandId: string): string => uuidFromName(commandId, ticketNamespace);

const otherTicket = (): Problem => {
  const message = localized({ fr: 'n’est pas le billet du chemin', en: 'is not the ticket of the path' });
  return new Problem('malformed', { errors: [{ pointer: '/ticketId', message }] });
};
