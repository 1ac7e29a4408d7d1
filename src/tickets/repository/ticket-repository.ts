import { Injectable } from '@nestjs/common';
import { isAllowed, canAccess, type Permission, type Principal } from '../../access/index.js';
import { asDomainError } from '../../platform/as-domain-error.js';
import {
  EventIdReused,
  EventStore,
  TextsErased,
  VersionConflict,
  type Appended,
} from '../../platform/event-store/event-store.js';
import { DomainError, isRefusal } from '../../shared/problems/domain-error.js';
import { Clock } from '../../shared/clock.js';
import { KeyedMutex } from '../../shared/concurrency/keyed-mutex.js';
import { evolve, type CommandPayload, type Ticket } from '../domain/ticket.js';
import { ticketStream, type TicketEvent } from '../domain/ticket.events.js';
import type { AppendEvents } from '../merges/merges.js';
import { encodeAll, type CommandMetadata } from './command-metadata.js';
import { commandIdReused, outcomeOf, type CommandOutcome } from './command-outcome.js';
import { commandToDecide, decideCommand, type CommandToDecide } from './decide-command.js';
import {
  decideSpeculatively,
  fulfilled,
  needsSequentialDecision,
  rejected,
  type NeedsSequentialDecision,
  type SettledOutcome,
  type SpeculativeDecision,
} from './speculative-decision.js';
import { assertCanAccess, canRead, permissionFor } from './ticket-access.js';
import { TicketHistories } from './ticket-histories.js';
import { TicketHistory, type TicketSnapshot } from './ticket-history.js';

interface ExecuteOptions {
  /** Writes the events; to the store, unless given. */
  append?: AppendEvents;
  /** The caller runs within `exclusively` for this ticket already. */
  isExclusive?: boolean;
}

/**
 * How often a command is tried, since each version conflict means that another process wrote first. Then the sender is asked to send
 * again, before it has waited for a minute.
 */
const maxAttempts = 50;
/**
 * How long a command waits for its turn: longer than one command takes with a database that is silent. Then it is answered to send again.
 */
const maxWaitMs = 15_000;

/** The tickets, each a stream of events: load, fold, decide, append. */
@Injectable()
export class TicketRepository {
  /** A mutex for each ticket: without it, a hundred commands at once about the same ticket would conflict again and again. */
  private readonly mutex = new KeyedMutex(maxWaitMs, () => new DomainError('unavailable'));

  constructor(
    private readonly store: EventStore,
    private readonly histories: TicketHistories,
    private readonly clock: Clock,
  ) {}

  /** The ticket's history; see TicketHistory for the texts it leaves out. */
  load(ticketId: string): Promise<TicketHistory> {
    return this.histories.load(ticketId);
  }

  /** Throws DomainError unless the ticket exists and the principal may do this to it. */
  async loadAccessible(
    ticketId: string,
    principal: Principal,
    permission: Permission,
  ): Promise<TicketHistory> {
    const history = await this.load(ticketId);
    const { ticket } = history.snapshot();
    if (ticket.status === 'unopened') throw new DomainError('ticket-not-found');
    assertCanAccess(principal, ticket.at.establishment, permission);
    return history;
  }

  /** The status of another ticket that a command names; `unopened` where there is none that the principal may read. */
  async statusOf(ticketId: string, principal: Principal): Promise<Ticket['status']> {
    const snapshot = (await this.load(ticketId)).snapshot();
    return canRead(principal, snapshot) ? snapshot.ticket.status : 'unopened';
  }

  /**
   * Applies a command once. The same command again is answered with what it did the first time. A command is decided again when another
   * process changed the ticket meanwhile, unless its sender said which revision it meant. Throws DomainError.
   */
  async execute(
    metadata: CommandMetadata,
    payload: CommandPayload,
    { append = (events) => this.store.append(events), isExclusive = false }: ExecuteOptions = {},
  ): Promise<CommandOutcome> {
    const toDecide = commandToDecide(metadata, payload);
    assertMay(toDecide);
    const run = () => this.executeWithRetries(toDecide, append);
    return isExclusive ? run() : this.exclusively(metadata.ticketId, run);
  }

  /** The outcome the command would have now: nothing is written. Throws DomainError. */
  async preview(metadata: CommandMetadata, payload: CommandPayload): Promise<CommandOutcome> {
    const toDecide = commandToDecide(metadata, payload);
    assertMay(toDecide);
    const history = await this.load(metadata.ticketId);
    const before = history.snapshot();
    const decided = decideCommand(toDecide, { history, before, now: this.clock.now() });
    return Array.isArray(decided) ? appliedOutcome(metadata, before, decided) : decided;
  }

  /**
   * Applies several commands about one ticket: reads it once, decides each command on what those before it leave, and appends once. Where
   * that can't be, each is executed by itself, in order; after one that could not be decided, those behind it are not tried. A decision
   * made ahead is written as it is, if it still can be. Never rejects.
   */
  async executeMany(
    commands: readonly CommandToDecide[],
    decidedAhead?: SpeculativeDecision | NeedsSequentialDecision,
  ): Promise<readonly SettledOutcome[]> {
    const [first] = commands;
    if (!first) return [];
    try {
      // A decision made ahead takes its turn, too: a merge that has looked at its target must find it unchanged until the merge is
      // written.
      const settled = await this.exclusively(first.metadata.ticketId, async () =>
        this.write(decidedAhead ?? (await this.decideSpeculatively(commands))),
      );
      return settled ?? (await this.executeInOrder(commands));
    } catch (error) {
      return commands.map(() => rejected(error));
    }
  }

  /** The outcomes that several commands about one ticket would have together; see `executeMany`. Never rejects. */
  async decideSpeculatively(
    commands: readonly CommandToDecide[],
  ): Promise<SpeculativeDecision | NeedsSequentialDecision> {
    try {
      const [first] = commands;
      if (!first) return { settled: [], append: undefined };
      const history = await this.load(first.metadata.ticketId);
      return decideSpeculatively(commands, history, () => this.clock.now());
    } catch (error) {
      return { settled: commands.map(() => rejected(error)), append: undefined };
    }
  }

  /** Runs `work` once all that this process began before about the ticket is done. `execute` does so itself. */
  exclusively<Value>(ticketId: string, work: () => Promise<Value>): Promise<Value> {
    return this.mutex.take(ticketId, work);
  }

  /** The same for several tickets, always locked in one order, so that no two callers can wait for each other. */
  exclusivelyOnAll<Value>(ticketIds: readonly string[], work: () => Promise<Value>): Promise<Value> {
    const lastFirst = [...new Set(ticketIds)].sort().reverse();
    return lastFirst.reduce((then, ticketId) => () => this.exclusively(ticketId, then), work)();
  }

  private async executeWithRetries(toDecide: CommandToDecide, append: AppendEvents): Promise<CommandOutcome> {
    const { ticketId } = toDecide.metadata;
    let history = isLikelyNew(toDecide) ? new TicketHistory(ticketId) : undefined;
    for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
      try {
        history ??= await this.load(ticketId);
        return await this.executeOn(toDecide, history, append);
      } catch (error) {
        if (!(error instanceof VersionConflict)) throw error;
        history = undefined;
      }
    }
    throw new DomainError('unavailable');
  }

  private async executeOn(
    toDecide: CommandToDecide,
    history: TicketHistory,
    append: AppendEvents,
  ): Promise<CommandOutcome> {
    const { metadata } = toDecide;
    const before = history.snapshot();
    const events = decideCommand(toDecide, { history, before, now: this.clock.now() });
    if (!Array.isArray(events)) return events;
    const appended = await appendWith(append, { metadata, decided: before, events });
    // The same command was appended meanwhile: the ticket's stream says what it did.
    if (appended.duplicate) return this.executeOn(toDecide, await this.load(metadata.ticketId), append);
    const { revision, position, recordedAt: updatedAt } = appended;
    return { ...appliedOutcome(metadata, before, events), revision, position, updatedAt };
  }

  /**
   * Writes what was decided. Undefined where the commands have to be executed one by one instead: then nothing was written. Throws where
   * the store is away.
   */
  private async write(
    decision: SpeculativeDecision | NeedsSequentialDecision,
  ): Promise<readonly SettledOutcome[] | undefined> {
    if (decision === needsSequentialDecision) return undefined;
    if (!decision.append) return decision.settled;
    try {
      const { duplicate } = await this.store.append(decision.append);
      return duplicate ? undefined : decision.settled;
    } catch (error) {
      if (asDomainError(error).code === 'unavailable') throw error;
      // A version conflict, or an event that can't be written: executed by itself, each command meets its own error.
      return undefined;
    }
  }

  private async executeInOrder(commands: readonly CommandToDecide[]): Promise<SettledOutcome[]> {
    const settled: SettledOutcome[] = [];
    let failure: PromiseRejectedResult | undefined;
    for (const { metadata, command } of commands) {
      const result = failure ?? (await settle(this.execute(metadata, command)));
      // The commands behind one that could not be decided fail with it: none may overtake it.
      if (result.status === 'rejected' && !isRefusal(asDomainError(result.reason))) failure = result;
      settled.push(result);
    }
    return settled;
  }
}

const assertMay = ({ metadata, command }: CommandToDecide): void => {
  if (!isAllowed(metadata.principal, permissionFor(command))) throw new DomainError('role-not-allowed');
};

/**
 * Whether the ticket is taken for a new one without reading it. A ticket that is to be opened nearly always is: if not, the store says
 * so, and it is read after all. Where it may not be opened so now, by the sender or by its title, the same command may have opened it
 * before: then it is read first.
 */
const isLikelyNew = ({ metadata, command }: CommandToDecide): boolean =>
  command.type === 'open' &&
  command.titleIsRefused !== true &&
  canAccess(metadata.principal, command.at.establishment, permissionFor(command));

const appliedOutcome = (
  metadata: CommandMetadata,
  before: TicketSnapshot,
  events: readonly TicketEvent[],
): CommandOutcome => {
  const ticket = events.reduce(evolve, before.ticket);
  const revision = before.revision + events.length;
  return outcomeOf('applied', { ...before, ticket, revision }, metadata.principal);
};

const appendWith = async (
  append: AppendEvents,
  {
    metadata,
    decided: { ticketId, revision },
    events,
  }: { metadata: CommandMetadata; decided: TicketSnapshot; events: readonly TicketEvent[] },
): Promise<Appended> => {
  try {
    return await append({
      stream: ticketStream(ticketId),
      expectedRevision: revision,
      events: encodeAll(metadata, events),
    });
  } catch (error) {
    if (error instanceof TextsErased) throw new DomainError('texts-erased');
    throw error instanceof EventIdReused ? commandIdReused() : error;
  }
};

const settle = async (outcome: Promise<CommandOutcome>): Promise<SettledOutcome> => {
  try {
    return fulfilled(await outcome);
  } catch (error) {
    return rejected(error);
  }
};
