import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { asProblem } from '../platform/http/problem.filter.js';
import { Problem } from '../platform/http/problem.js';
import { currentCorrelationId } from '../platform/http/request-context.js';
import { fieldErrors } from '../platform/http/validation.js';
import { LOGGER } from '../platform/observability/logger.js';
import { CommandIntake, type Sender } from './command-intake.js';
import { refusedResult, type Result } from './command-result.js';
import { CommandsTogether, NotForeseen } from './commands-together.js';
import { ticketCommands } from './commands/index.js';
import { independentGroups } from './independent-groups.js';
import type { TicketCommandType } from './ticket.js';
import { Tickets } from './tickets.js';

/** Groups in hand at once: enough to fill the store's flushes, few enough to leave connections for others. */
const groupsAtOnce = 256;

/**
 * Commands of one ticket that are written together: a ticket opened, noted and resolved while there was no network comes in three,
 * and reading its stream and writing to it three times took half of a batch's time. Few enough for one append of the longest texts.
 */
const mostTogether = 12;

type BatchSender = Omit<Sender, 'sent'>;
type PointerTo = (index: number, field: string) => string;

interface Item {
  index: number;
  command: Record<string, unknown>;
  tickets: string[];
}

/** Commands that were sent together, judged one by one; one that is refused never stops the others. */
@Injectable()
export class CommandBatch {
  constructor(
    private readonly intake: CommandIntake,
    private readonly tickets: Tickets,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * Results in the order sent; commands about the same ticket are judged in that order. `pointerTo` says where a field of a
   * command stands in the request. Throws `unavailable` where the store is away: what was applied by then is found again when
   * the batch is sent again.
   */
  async judge(commands: readonly unknown[], sender: BatchSender, pointerTo: PointerTo): Promise<Result[]> {
    const results = new Array<Result>(commands.length);
    const items = commands.map(asItem);
    // What a cascade touches is known only when its turn comes: it must not get ahead of anything about a child, nor fall behind.
    const groups = items.some(isCascade) && !items.every(isResolution) ? [items] : independentGroups(items);
    let settled: Promise<unknown> = Promise.resolve();
    for (let start = 0; start < groups.length; start += groupsAtOnce) {
      const some = groups.slice(start, start + groupsAtOnce);
      const foreseen = await Promise.all(some.map((group) => this.foresee(group, sender, pointerTo)));
      await settled;
      // Begun in the order sent, which is the log's as far as nothing is refused.
      settled = Promise.all(
        some.map(async (group, index) => {
          const answers = await this.settle(group, foreseen[index], sender, pointerTo);
          for (const [item, answer] of answers) results[item.index] = answer;
        }),
      );
      settled.catch(() => undefined);
    }
    await settled;
    return results;
  }

  /** Writes what was foreseen of the first commands of a group, or judges them anew; then the others, a dozen at a time. */
  private async settle(
    group: readonly Item[],
    first: Foreseen | undefined,
    sender: BatchSender,
    pointerTo: PointerTo,
  ): Promise<Answers> {
    const answers = new Map<Item, Result>((await this.written(first)) ?? []);
    let rest = group.slice(answers.size);
    // Where the first ones could not be foreseen, they can't be now.
    let isForeseeable = first !== undefined;
    while (rest.length > 0) {
      const some =
        (isForeseeable ? await this.foreseenInTurn(rest, sender, pointerTo) : undefined) ??
        (await this.answerEach(rest, sender, pointerTo));
      for (const [item, answer] of some) answers.set(item, answer);
      rest = rest.slice(some.size);
      isForeseeable = true;
    }
    return answers;
  }

  /**
   * Foreseen and written while nobody else gets at the ticket, in this process. What names another ticket, too, may wait for others
   * (a merge, for those before it), and so must not keep anyone waiting.
   */
  private async foreseenInTurn(
    items: readonly Item[],
    sender: BatchSender,
    pointerTo: PointerTo,
  ): Promise<Answers | undefined> {
    const write = async () => this.written(await this.foresee(items, sender, pointerTo));
    const [ticketId] = items[0]?.tickets ?? [];
    const isAlone = items.every(({ tickets }) => tickets.length === 1);
    return isAlone && ticketId !== undefined ? this.tickets.inTurn(ticketId, write) : write();
  }

  /** The answers of what was foreseen, if that is how it came. */
  private async written(foreseen: Foreseen | undefined): Promise<Answers | undefined> {
    return foreseen && (await this.tickets.write(foreseen.together)) ? foreseen.answers : undefined;
  }

  /** The first dozen in their order: each is written before the next one is judged, unless they are to be written together. */
  private async answerEach(
    items: readonly Item[],
    sender: BatchSender,
    pointerTo: PointerTo,
  ): Promise<Answers> {
    const later = new LaterCommands(items);
    const answers = new Map<Item, Result>();
    for (const item of items.slice(0, mostTogether)) {
      const followedBy = later.than(item);
      answers.set(item, await this.answer(item, { ...sender, followedBy }, pointerTo));
    }
    return answers;
  }

  /**
   * What the first dozen come to if they are written in one append. Undefined where that can't be, or one is refused on a ticket
   * that is not written yet.
   */
  private async foresee(
    items: readonly Item[],
    sender: BatchSender,
    pointerTo: PointerTo,
  ): Promise<Foreseen | undefined> {
    if (!canBeTogether(items.slice(0, mostTogether))) return undefined;
    const together = new CommandsTogether();
    try {
      return { together, answers: await this.answerEach(items, { ...sender, together }, pointerTo) };
    } catch (error) {
      if (error instanceof NotForeseen) return undefined;
      throw error;
    }
  }

  private async answer(item: Item, sender: BatchSender, pointerTo: PointerTo): Promise<Result> {
    const { commandId, ticketId } = idsOf(item.command);
    try {
      const type = typeOf(item.command);
      const parsed = ticketCommands[type].schema.safeParse(item.command);
      if (!parsed.success) throw new Problem('malformed', { errors: fieldErrors(parsed.error.issues) });
      const outcome = await this.intake.submit(type, withIds(type, parsed.data), {
        ...sender,
        sent: item.command,
      });
      const { status, ticketId: of, revision, cascade } = outcome;
      return { commandId, status, ticketId: of, revision, ...(cascade ? { cascade } : {}) };
    } catch (error) {
      if (error instanceof NotForeseen) throw error;
      const problem = asProblem(error);
      if (problem.kind.status === 503) throw error;
      // A ticket that nothing can be made of: those who work the others must not wait until someone mends it.
      if (problem.kind.status >= 500) {
        const correlationId = currentCorrelationId();
        this.logger.error({ err: problem.details.cause ?? problem, correlationId, commandId }, problem.code);
      }
      return refusedResult(problem, (field) => pointerTo(item.index, field), commandId, ticketId);
    }
  }
}

type Answers = ReadonlyMap<Item, Result>;

interface Foreseen {
  together: CommandsTogether;
  answers: Answers;
}

/** One, or several that name the same ticket and no other, each once; what a cascade comes to is known only when it is written. */
const canBeTogether = (items: readonly Item[]): boolean =>
  (items.length === 1 || items.every(({ tickets }) => tickets.length === 1)) &&
  new Set(items.flatMap(({ tickets }) => tickets)).size <= 1 &&
  new Set(items.map(({ command }) => lowerCase(command.commandId))).size === items.length &&
  !items.some(isCascade);

/** Of a group that is judged one by one: which commands about the same ticket are still to come. */
class LaterCommands {
  private readonly byTicket = new Map<string, Set<string>>();

  constructor(group: readonly Item[]) {
    for (const { command } of group) this.of(command)?.add(lowerCase(command.commandId));
  }

  /** To be asked once of each, in their order. */
  than({ command }: Item): ReadonlySet<string> | undefined {
    const later = this.of(command);
    later?.delete(lowerCase(command.commandId));
    return later;
  }

  private of({ ticketId }: Record<string, unknown>): Set<string> | undefined {
    if (typeof ticketId !== 'string') return undefined;
    const ticket = lowerCase(ticketId);
    const known = this.byTicket.get(ticket) ?? new Set();
    this.byTicket.set(ticket, known);
    return known;
  }
}

const lowerCase = (id: unknown): string => (typeof id === 'string' ? id.toLowerCase() : '');

const asItem = (sent: unknown, index: number): Item => {
  const isObject = typeof sent === 'object' && sent !== null && !Array.isArray(sent);
  const command = isObject ? (sent as Record<string, unknown>) : {};
  const { ticketId, into, to } = command;
  const tickets = [ticketId, into, to].filter((id) => typeof id === 'string').map((id) => id.toLowerCase());
  return { index, command, tickets };
};

const isResolution = ({ command }: Item): boolean => command.type === 'resolve';
const isCascade = (item: Item): boolean => isResolution(item) && item.command.cascade === true;

const idsOf = ({ commandId, ticketId }: Record<string, unknown>) => ({
  commandId: typeof commandId === 'string' ? commandId : null,
  ticketId: typeof ticketId === 'string' ? ticketId : null,
});

const typeOf = ({ type }: Record<string, unknown>): TicketCommandType => {
  if (typeof type === 'string' && Object.hasOwn(ticketCommands, type)) return type as TicketCommandType;
  throw new Problem('unknown-command', { errors: [{ pointer: '/type', message: 'unknown-command' }] });
};

/** In a batch the ids can't be left out: without its own a command could not be sent again, without the ticket's it is about nothing. */
const withIds = <Body extends { commandId?: string; ticketId?: string }>(
  type: TicketCommandType,
  body: Body,
): Body => {
  const missing = [
    ...(body.commandId === undefined ? ['/commandId'] : []),
    ...(body.ticketId === undefined && type !== 'open' ? ['/ticketId'] : []),
  ];
  if (missing.length === 0) return body;
  throw new Problem('malformed', { errors: missing.map((pointer) => ({ pointer, message: 'required' })) });
};
