import { Injectable } from '@nestjs/common';
import { asDomainError } from '../../platform/as-domain-error.js';
import { isRefusal } from '../../shared/problems/domain-error.js';
import type { CommandPayload, TicketCommandType } from '../domain/ticket.js';
import { Merges } from '../merges/merges.js';
import { Children } from '../relations/children.js';
import type { CommandMetadata } from '../repository/command-metadata.js';
import type { CommandOutcome } from '../repository/command-outcome.js';
import { commandToDecide, type CommandToDecide } from '../repository/decide-command.js';
import {
  rejected,
  type NeedsSequentialDecision,
  type SettledOutcome,
  type SpeculativeDecision,
} from '../repository/speculative-decision.js';
import { TicketRepository } from '../repository/ticket-repository.js';
import type { CommandBody } from './command-body.js';
import { ticketCommands } from '../commands/index.js';
import { Departures } from './departures.js';
import { Places } from './places.js';
import { TitlePolicy } from './title-policy.js';
import type { CommandServices, Sequence, TicketCommandDefinition } from './ticket-command.js';

/** A command that was sent: data, and nothing of how it is carried out. */
interface TicketCommandRequest {
  readonly type: TicketCommandType;
  readonly body: CommandBody;
  readonly metadata: CommandMetadata;
}

/** Carries out commands by their definitions: prepares them, and has the repository decide and append. */
@Injectable()
export class TicketCommandExecutor {
  constructor(
    private readonly tickets: TicketRepository,
    private readonly places: Places,
    private readonly titles: TitlePolicy,
    private readonly merges: Merges,
    private readonly children: Children,
    private readonly departures: Departures,
  ) {}

  /** Throws DomainError. */
  async execute(request: TicketCommandRequest): Promise<CommandOutcome> {
    const sequence = sequenceOf(request);
    if (sequence) return sequence(this.servicesFor(request));
    const outcome = await this.tickets.execute(request.metadata, await this.prepare(request));
    if (request.type === 'transfer' && outcome.status === 'applied')
      await this.departures.untilUnlisted(outcome.position);
    return outcome;
  }

  /** Prepares and decides several commands about one ticket, none of them sequential; writes nothing. Never rejects. */
  async decideAhead(requests: readonly TicketCommandRequest[]): Promise<DecidedAhead> {
    const prepared = await this.prepareAll(requests);
    return { prepared, decision: await this.tickets.decideSpeculatively(prepared.toDecide) };
  }

  /** Executes several commands about one ticket, none of them sequential, in one append where that can be. Never rejects. */
  async executeMany(
    requests: readonly TicketCommandRequest[],
    ahead?: DecidedAhead,
  ): Promise<readonly SettledOutcome[]> {
    const { toDecide, settled } = ahead?.prepared ?? (await this.prepareAll(requests));
    const decided = [...(await this.tickets.executeMany(toDecide, ahead?.decision))];
    return requests.map((request) => settled.get(request) ?? decided.shift() ?? neverDecided(request));
  }

  private async prepareAll(requests: readonly TicketCommandRequest[]): Promise<PreparedMany> {
    const toDecide: CommandToDecide[] = [];
    const settled = new Map<TicketCommandRequest, SettledOutcome>();
    let failure: PromiseRejectedResult | undefined;
    for (const request of requests) {
      if (failure) {
        settled.set(request, failure);
        continue;
      }
      try {
        toDecide.push(commandToDecide(request.metadata, await this.prepare(request)));
      } catch (error) {
        settled.set(request, rejected(error));
        // The commands behind one that could not be prepared fail with it: none may overtake it.
        if (!isRefusal(asDomainError(error))) failure = rejected(error);
      }
    }
    return { toDecide, settled };
  }

  private prepare(request: TicketCommandRequest): Promise<CommandPayload> {
    return definitionOf(request).prepare(request.body, this.servicesFor(request));
  }

  private servicesFor({ metadata }: TicketCommandRequest): CommandServices {
    const { tickets, places, titles, merges, children } = this;
    return { metadata, tickets, places, titles, merges, children };
  }
}

interface PreparedMany {
  toDecide: readonly CommandToDecide[];
  /** Commands that could not be prepared. */
  settled: ReadonlyMap<TicketCommandRequest, SettledOutcome>;
}

export interface DecidedAhead {
  prepared: PreparedMany;
  decision: SpeculativeDecision | NeedsSequentialDecision;
}

/** Whether the command takes more than one append. Such a command is executed by itself, when its turn comes. */
export const isSequential = (request: TicketCommandRequest): boolean => sequenceOf(request) !== undefined;

const sequenceOf = (request: TicketCommandRequest): Sequence | undefined =>
  definitionOf(request).sequence(request.body);

const definitionOf = ({ type }: TicketCommandRequest): TicketCommandDefinition => ticketCommands[type];

const neverDecided = ({ metadata: { commandId } }: TicketCommandRequest): never => {
  throw new Error(`${commandId} was not decided`);
};
