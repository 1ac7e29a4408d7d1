import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { EventStore } from '../../platform/event-store/event-store.js';
import { asProblem } from '../../platform/http/problem.filter.js';
import { Problem } from '../../platform/http/problem.js';
import { currentCorrelationId } from '../../platform/http/request-context.js';
import { LOGGER } from '../../platform/observability/logger.js';
import { BatchItem } from './batch-item.js';
import { BatchOrder } from './batch-order.js';
import { BatchRetries } from './batch-retries.js';
import { CommandIntake, type Sender } from '../commands/command-intake.js';
import { refusedResult, retryResult, type Result } from './command-result.js';
import { CommandsTogether, NotForeseen } from '../repository/commands-together.js';
import { independentGroups } from './independent-groups.js';
import { Tickets } from '../repository/ticket-repository.js';

/** Groups in hand at once: enough to fill the store's flushes, few enough to leave connections for others. */
const groupsAtOnce = 256;

/**
 * Commands of one ticket that are written together: a ticket opened, noted and resolved while there was no network comes in three,
 * and reading its stream and writing to it three times took half of a batch's time. Few enough for one append of the longest texts.
 */
const mostTogether = 12;

type BatchSender = Omit<Sender, 'sent'>;
type PointerTo = (index: number, field: string) => string;

/** A batch while it is judged. */
interface Batch {
  sender: BatchSender;
  order: BatchOrder;
  retries: BatchRetries;
  pointerTo: PointerTo;
}

/** Commands that were sent together, judged one by one; one that is refused never stops the others. */
@Injectable()
export class CommandBatch {
  constructor(
    private readonly intake: CommandIntake,
    private readonly tickets: Tickets,
    private readonly store: EventStore,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * Results in the order sent; commands about the same ticket are judged in that order. `pointerTo` says where a field of a
   * command stands in the request. Throws `unavailable` where the store is away: what was applied by then is found again when
   * the batch is sent again.
   */
  async judge(commands: readonly unknown[], sender: BatchSender, pointerTo: PointerTo): Promise<Result[]> {
    const results = new Array<Result>(commands.length);
    const items = commands.map((sent, index) => new BatchItem(sent, index));
    const order = await BatchOrder.of(items, sender.deviceId, () => this.store.lastPosition());
    const batch: Batch = { sender, order, retries: new BatchRetries(), pointerTo };
    // What a cascade touches is known only when its turn comes: it must not get ahead of anything about a child, nor fall behind.
    const cascades = items.some(({ isCascade }) => isCascade);
    const isMixed = cascades && !items.every(({ isResolution }) => isResolution);
    const groups = isMixed ? [items] : independentGroups(items);
    let settled: Promise<unknown> = Promise.resolve();
    for (let start = 0; start < groups.length; start += groupsAtOnce) {
      const some = groups.slice(start, start + groupsAtOnce);
      const foreseen = await Promise.all(some.map((group) => this.foresee(group, batch)));
      await settled;
      // Begun in the order sent, which is the log's as far as nothing is refused.
      settled = Promise.all(
        some.map(async (group, index) => {
          const answers = await this.settle(group, foreseen[index], batch);
          for (const [item, answer] of answers) results[item.index] = answer;
        }),
      );
      settled.catch(() => undefined);
    }
    await settled;
    batch.retries.throwIfAway();
    return results;
  }

  /** Writes what was foreseen of the first commands of a group, or judges them anew; then the others, a dozen at a time. */
  private async settle(
    group: readonly BatchItem[],
    first: Foreseen | undefined,
    batch: Batch,
  ): Promise<Answers> {
    const answers = new Map<BatchItem, Result>((await this.written(first, batch)) ?? []);
    let rest = group.slice(answers.size);
    // Where the first ones could not be foreseen, they can't be now.
    let isForeseeable = first !== undefined;
    while (rest.length > 0) {
      const some =
        (isForeseeable ? await this.foreseenInTurn(rest, batch) : undefined) ??
        (await this.answerEach(rest, batch));
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
  private async foreseenInTurn(items: readonly BatchItem[], batch: Batch): Promise<Answers | undefined> {
    const write = async () => this.written(await this.foresee(items, batch), batch);
    const [ticketId] = items[0]?.tickets ?? [];
    const isAlone = items.every(({ tickets }) => tickets.length === 1);
    return isAlone && ticketId !== undefined ? this.tickets.inTurn(ticketId, write) : write();
  }

  /** The answers of what was foreseen, if that is how it came. Where they can't be written, each command meets that by itself. */
  private async written(foreseen: Foreseen | undefined, { retries }: Batch): Promise<Answers | undefined> {
    if (!foreseen) return undefined;
    try {
      return (await this.tickets.write(foreseen.together)) ? foreseen.answers : undefined;
    } catch (error) {
      retries.met(error);
      return undefined;
    }
  }

  /** The first dozen in their order: each is written before the next one is judged, unless they are to be written together. */
  private async answerEach(
    items: readonly BatchItem[],
    batch: Batch,
    together?: CommandsTogether,
  ): Promise<Answers> {
    const answers = new Map<BatchItem, Result>();
    for (const item of items.slice(0, mostTogether)) {
      answers.set(item, await this.answer(item, batch, together));
    }
    return answers;
  }

  /**
   * What the first dozen come to if they are written in one append. Undefined where that can't be, or one is refused on a ticket
   * that is not written yet.
   */
  private async foresee(items: readonly BatchItem[], batch: Batch): Promise<Foreseen | undefined> {
    if (!canBeTogether(items.slice(0, mostTogether))) return undefined;
    const together = new CommandsTogether();
    try {
      return { together, answers: await this.answerEach(items, batch, together) };
    } catch (error) {
      if (error instanceof NotForeseen) return undefined;
      throw error;
    }
  }

  private async answer(item: BatchItem, batch: Batch, together?: CommandsTogether): Promise<Result> {
    const { sender, order, retries, pointerTo } = batch;
    const waitsFor = retries.before(item);
    if (waitsFor) return retryResult(waitsFor, item.ids);
    try {
      const { type, body } = item.read();
      const sentAfter = order.after(item);
      const outcome = await this.intake.submit(type, body, {
        ...sender,
        sent: item.command,
        sentAfter,
        together,
      });
      const { status, ticketId, revision, cascade } = outcome;
      return { commandId: item.ids.commandId, status, ticketId, revision, ...(cascade ? { cascade } : {}) };
    } catch (error) {
      if (error instanceof NotForeseen) throw error;
      const problem = asProblem(error);
      if (problem.kind.status < 500)
        return refusedResult(problem, (field) => pointerTo(item.index, field), item.ids);
      retries.met(error, item);
      this.report(problem, item);
      return retryResult(problem, item.ids);
    }
  }

  /** A ticket that nothing can be made of: those who work the others must not wait until someone mends it. */
  private report(problem: Problem, { ids: { commandId } }: BatchItem): void {
    const correlationId = currentCorrelationId();
    this.logger.error({ err: problem.details.cause ?? problem, correlationId, commandId }, problem.code);
  }
}

type Answers = ReadonlyMap<BatchItem, Result>;

interface Foreseen {
  together: CommandsTogether;
  answers: Answers;
}

/** One, or several that name the same ticket and no other, each once; what a cascade comes to is known only when it is written. */
const canBeTogether = (items: readonly BatchItem[]): boolean =>
  (items.length === 1 || items.every(({ tickets }) => tickets.length === 1)) &&
  new Set(items.flatMap(({ tickets }) => tickets)).size <= 1 &&
  new Set(items.map(({ commandId }) => commandId)).size === items.length &&
  !items.some(({ isCascade }) => isCascade);
