import { Injectable } from '@nestjs/common';
import { parse, v5 as uuidFromName } from 'uuid';
import { may, reaches, type Permission, type Principal } from '../../access/index.js';
import {
  EventIdReused,
  EventStore,
  EventTooLarge,
  VersionConflict,
  type Appended,
  type EventToAppend,
} from '../../platform/event-store/event-store.js';
import { assertMatches, type IfMatch } from '../../platform/http/preconditions.js';
import { Problem } from '../../platform/http/problem.js';
import { Clock } from '../../shared/clock.js';
import type { Instant } from '../../shared/instant.js';
import { Turns } from '../../shared/turns.js';
import type { ChildResult } from '../batch/command-result.js';
import { NotForeseen, type CommandsTogether } from './commands-together.js';
import type { AppendOne } from '../merges/merges.js';
import { TicketHistories } from './ticket-histories.js';
import { TicketHistory, type SentAfter, type TicketSnapshot } from './ticket-history.js';
import { decide, evolve, Refusal, type Ticket, type TicketCommand } from '../domain/ticket.js';
import { encode } from '../domain/ticket.codec.js';
import { ticketStream, type TicketEvent } from '../domain/ticket.events.js';
import { pointers } from '../domain/ticket.problems.js';
import { ticketView } from '../http/ticket.view.js';

/** Who asks, how, and when it happened: what comes with every command. */
export interface Asked {
  principal: Principal;
  commandId: string;
  ticketId: string;
  fingerprint: string;
  /** What it was while texts were kept as they were written; undefined where they would be refused. */
  fingerprintAsWritten: () => string | undefined;
  /** When it happened, as claimed, with a device's skew corrected … */
  claimedAt: Instant;
  /** … and as the device's own clock had it. */
  rawClaimedAt: Instant;
  clockSkewMs?: number;
  deviceId?: string;
  correlationId: string;
  ifMatch?: IfMatch;
  /** Which events of the ticket came of commands that were sent together with this one before, and after it. */
  sentAfter?: SentAfter | undefined;
  /** Whoever asks has taken the ticket's turn already. */
  hasTurn?: boolean;
  /** Those it is to be written with, by `write`; absent: it is written by itself. */
  together?: CommandsTogether | undefined;
}

type WithoutWhoAndWhen<Command> = Command extends unknown ? Omit<Command, 'ticketId' | 'claimedAt'> : never;

/** A decider's command but for the ticket and the time, which come with whoever asks. */
export type Asks = WithoutWhoAndWhen<TicketCommand>;

/** What a command came to, with the ticket as it was right after. */
export interface Outcome extends TicketSnapshot {
  status: 'applied' | 'duplicate' | 'unchanged';
  /** Whether who asked may read the ticket where it is now: a transfer, or time, may have taken it out of reach. */
  isReadable: boolean;
  /** Of a resolution that was to resolve the tickets under it, too. */
  cascade?: ChildResult[];
}

/** A version conflict means that another process got through: it is asked to send again before it has waited for a minute. */
const mostAttempts = 50;
/** More than what one command takes with a database that is silent; those behind it are told to send again. */
const maxWaitMs = 15_000;
/** As bytes: read from its text, it took as long as the hash, each time. */
const eventNamespace = parse('6f2d0a0e-3a8b-5d0e-9d6f-1f6b6d2f5c11');

/** Made from the command's id, so that the store recognises the same command again. */
const eventId = (commandId: string, index: number): string =>
  uuidFromName(`${commandId}/${index}`, eventNamespace);

/** The tickets, each a stream of events: load, fold, decide, append. */
@Injectable()
export class Tickets {
  /** By ticket: a hundred commands at once about the same one would otherwise lose to each other, again and again. */
  private readonly turns = new Turns(maxWaitMs, () => new Problem('unavailable'));

  constructor(
    private readonly store: EventStore,
    private readonly histories: TicketHistories,
    private readonly clock: Clock,
  ) {}

  /** What became of the ticket; see TicketHistory for what it leaves out. */
  history(ticketId: string): Promise<TicketHistory> {
    return this.histories.load(ticketId);
  }

  /** Throws Problem unless the ticket exists and the principal may do this to it. */
  async reachable(ticketId: string, principal: Principal, permission: Permission): Promise<TicketHistory> {
    const history = await this.history(ticketId);
    const { ticket } = history.snapshot();
    if (ticket.status === 'unopened') throw new Problem('ticket-not-found');
    assertReaches(principal, ticket.at.establishment, permission);
    return history;
  }

  /** The status of another ticket that a command names; throws Problem where the principal may not know of it. */
  async statusOf(ticketId: string, principal: Principal): Promise<Ticket['status']> {
    const { ticket } = (await this.history(ticketId)).snapshot();
    if (ticket.status !== 'unopened') assertReaches(principal, ticket.at.establishment, 'tickets:read');
    return ticket.status;
  }

  /**
   * The status of another ticket that a command names. Where that one is out of reach, it is still told what the command did
   * the first time: it may be so since. Throws Problem.
   */
  async named(ticketId: string, asked: Asked): Promise<{ target: Ticket['status'] } | { earlier: Outcome }> {
    try {
      return { target: await this.statusOf(ticketId, asked.principal) };
    } catch (error) {
      const earlier = error instanceof Problem && repeated(await this.history(asked.ticketId), asked);
      if (earlier) return { earlier };
      throw error;
    }
  }

  /**
   * Applies a command once. The same command again is answered with what it did the first time. Decided again when another
   * process changed the ticket meanwhile, unless the caller said which revision it meant. `append` writes what it comes to: to the
   * store, unless told. Throws Problem.
   */
  async transact(
    asked: Asked,
    asks: Asks,
    append: AppendOne = (events) => this.store.append(events),
  ): Promise<Outcome> {
    const { ticketId, claimedAt } = asked;
    const command: TicketCommand = { ...asks, ticketId, claimedAt };
    const permission: Permission = `tickets:${command.type}`;
    if (!may(asked.principal, permission)) throw new Problem('role-not-allowed');
    if (asked.together) return this.foresee(asked.together, asked, command, permission);
    // A ticket that is to be opened is nearly always a new one: if it is not, the store says so, and it is read after all.
    // Where it may not be opened, it may have been, by the same command: that is read first.
    const isLikelyNew =
      command.type === 'open' && reaches(asked.principal, command.at.establishment, permission);
    let history = isLikelyNew ? new TicketHistory(ticketId) : undefined;
    const execute = async (): Promise<Outcome> => {
      for (let attempt = 1; attempt <= mostAttempts; attempt += 1) {
        try {
          history ??= await this.history(ticketId);
          return await this.attempt(asked, command, permission, history, append);
        } catch (error) {
          if (!(error instanceof VersionConflict)) throw error;
          history = undefined;
        }
      }
      throw new Problem('unavailable');
    };
    return asked.hasTurn ? execute() : this.inTurn(ticketId, execute);
  }

  /** Does something about a ticket when all that this process was asked about it before is done. `transact` takes a turn itself. */
  inTurn<Value>(ticketId: string, work: () => Promise<Value>): Promise<Value> {
    return this.turns.take(ticketId, work);
  }

  /** The same about several tickets, whose turns are always taken in one order: who waits for one holds none that comes after it. */
  inTurns<Value>(ticketIds: readonly string[], work: () => Promise<Value>): Promise<Value> {
    const last = [...new Set(ticketIds)].sort().reverse();
    return last.reduce((then, ticketId) => () => this.inTurn(ticketId, then), work)();
  }

  /** Writes what commands came to together. False where they have to be judged one by one instead: then nothing was written. */
  async write({ append }: CommandsTogether): Promise<boolean> {
    if (!append) return true;
    const { ticketId, ...rest } = append;
    try {
      const { duplicate } = await this.store.append({ stream: ticketStream(ticketId), ...rest });
      return !duplicate;
    } catch (error) {
      if ([VersionConflict, EventIdReused, EventTooLarge].some((type) => error instanceof type)) return false;
      throw error;
    }
  }

  /** What a command comes to if all before it are written, and it too. Throws NotForeseen where it is refused after any of them. */
  private async foresee(
    together: CommandsTogether,
    asked: Asked,
    command: TicketCommand,
    permission: Permission,
  ): Promise<Outcome> {
    const history = await together.history(asked.ticketId, () => this.history(asked.ticketId));
    try {
      const judged = this.judge(asked, command, permission, history, together.snapshot);
      if (!Array.isArray(judged)) return judged;
      return outcomeOf('applied', together.add(judged, encoded(asked, judged)), asked.principal);
    } catch (error) {
      throw together.append ? new NotForeseen() : error;
    }
  }

  private async attempt(
    asked: Asked,
    command: TicketCommand,
    permission: Permission,
    history: TicketHistory,
    append: AppendOne,
  ): Promise<Outcome> {
    const before = history.snapshot();
    const events = this.judge(asked, command, permission, history, before);
    if (!Array.isArray(events)) return events;
    const appended = await appendedBy(append, asked, before, events);
    // The same command got there first: its stream says what it did.
    if (appended.duplicate) {
      return this.attempt(asked, command, permission, await this.history(asked.ticketId), append);
    }
    const ticket = events.reduce(evolve, before.ticket);
    const { revision, position, recordedAt: updatedAt } = appended;
    const after = { ticketId: asked.ticketId, ticket, revision, position, updatedAt };
    return outcomeOf('applied', after, asked.principal);
  }

  /** The events to be written, or what it came to without any. Throws Problem. */
  private judge(
    asked: Asked,
    command: TicketCommand,
    permission: Permission,
    history: TicketHistory,
    before: TicketSnapshot,
  ): TicketEvent[] | Outcome {
    const earlier = repeated(history, asked);
    if (earlier) return earlier;
    assertReachesAll(asked.principal, command, before, permission);
    assertMatches(asked.ifMatch, before.revision);
    const events = this.decide(asked.principal, command, before, this.judgedThen(asked, command, history));
    return events.length === 0 ? outcomeOf('unchanged', before, asked.principal) : events;
  }

  /**
   * The ticket on which the command was judged already, where that is known: where a batch is sent again, what it asks of a ticket
   * is judged in the order of the first time. What came to nothing then, before something that was applied, comes to nothing again,
   * whatever has changed since; else it would now undo what came after it.
   */
  private judgedThen(asked: Asked, command: TicketCommand, history: TicketHistory): Ticket | undefined {
    const then = asked.sentAfter && history.before(asked.sentAfter)?.ticket;
    if (!then) return undefined;
    try {
      return decide(command, then, this.clock.now()).length === 0 ? then : undefined;
    } catch (error) {
      if (error instanceof Refusal) return then;
      throw error;
    }
  }

  private decide(
    principal: Principal,
    command: TicketCommand,
    before: TicketSnapshot,
    ticket = before.ticket,
  ): TicketEvent[] {
    try {
      return decide(command, ticket, this.clock.now());
    } catch (error) {
      throw error instanceof Refusal ? refused(error, before, principal) : error;
    }
  }
}

const encoded = (asked: Asked, events: TicketEvent[]): EventToAppend[] => {
  const { commandId, fingerprint, principal, rawClaimedAt, clockSkewMs, deviceId, correlationId } = asked;
  return events.map((event, index) =>
    encode(eventId(commandId, index), event, {
      commandId,
      fingerprint,
      actor: principal.id,
      claimedAt: rawClaimedAt,
      clockSkewMs,
      deviceId,
      correlationId,
      causationId: commandId,
    }),
  );
};

const appendedBy = async (
  append: AppendOne,
  asked: Asked,
  { ticketId, revision }: TicketSnapshot,
  events: TicketEvent[],
): Promise<Appended> => {
  try {
    return await append({
      stream: ticketStream(ticketId),
      expectedRevision: revision,
      events: encoded(asked, events),
    });
  } catch (error) {
    throw error instanceof EventIdReused ? commandIdReused() : error;
  }
};

/** What the command did the first time, if there was a first time. */
const repeated = (history: TicketHistory, asked: Asked): Outcome | undefined => {
  const cause = history.causedBy(asked.commandId);
  if (!cause) return undefined;
  if (!isSameCommand(cause.metadata.fingerprint, asked)) throw commandIdReused();
  const isReadable = canRead(asked.principal, history.snapshot());
  // Whoever sent it hears that it was done, even where the ticket is out of reach by now; nobody else learns of a ticket this way.
  if (cause.metadata.actor !== asked.principal.id && !isReadable)
    throw new Problem('establishment-not-yours');
  return { ...history.snapshot(cause.revision), status: 'duplicate', isReadable };
};

/** Before texts were cleaned, commands were recorded with what their texts were then. */
const isSameCommand = (recorded: string, { fingerprint, fingerprintAsWritten }: Asked): boolean =>
  recorded === fingerprint || recorded === fingerprintAsWritten();

/** A ticket belongs to the establishment it is at: who left it, or was left by it, reads it no more. */
const canRead = (principal: Principal, { ticket }: TicketSnapshot): boolean =>
  ticket.status !== 'unopened' && reaches(principal, ticket.at.establishment, 'tickets:read');

const outcomeOf = (status: Outcome['status'], snapshot: TicketSnapshot, principal: Principal): Outcome => ({
  ...snapshot,
  status,
  isReadable: canRead(principal, snapshot),
});

const commandIdReused = (): Problem =>
  new Problem('command-id-reused', { errors: [{ pointer: '/commandId', message: 'command-id-reused' }] });

/** The establishment the ticket is at; for an opening, the one it is for. */
const assertReachesAll = (
  principal: Principal,
  command: TicketCommand,
  before: TicketSnapshot,
  permission: Permission,
): void => {
  if (command.type === 'open') assertReaches(principal, command.at.establishment, permission);
  else if (before.ticket.status !== 'unopened') {
    assertReaches(principal, before.ticket.at.establishment, permission);
  }
};

const assertReaches = (principal: Principal, establishment: string, permission: Permission): void => {
  if (!reaches(principal, establishment, permission)) throw new Problem('establishment-not-yours');
};

/** A refusal as the caller reads it: with the ticket as it is, where the caller may read it, so that nothing has to be guessed. */
const refused = (refusal: Refusal, before: TicketSnapshot, principal: Principal): Problem => {
  const pointer = pointers[refusal.code];
  return new Problem(refusal.code, {
    ...(pointer === undefined ? {} : { errors: [{ pointer, message: refusal.code }] }),
    ...(canRead(principal, before) ? { members: { ticket: ticketView(before) } } : {}),
  });
};
