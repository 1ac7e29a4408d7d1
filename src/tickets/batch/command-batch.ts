import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { asDomainError } from '../../platform/as-domain-error.js';
import { EventStore } from '../../platform/event-store/event-store.js';
import { LOGGER } from '../../platform/observability/logger.js';
import { isRefusal, type DomainError } from '../../shared/problems/domain-error.js';
import { Departures } from '../execution/departures.js';
import { CommandIntake, type CommandContext } from '../execution/command-intake.js';
import type { ExecuteTicketCommand } from '../execution/execute-ticket-command.js';
import {
  isSequential,
  TicketCommandExecutor,
  type DecidedAhead,
} from '../execution/ticket-command-executor.js';
import { refusedResult, retryResult, type CommandResult } from '../repository/command-result.js';
import type { OutcomeOfMany } from '../repository/speculative-decision.js';
import { BatchItem } from './batch-item.js';
import { BatchOrder } from './batch-order.js';
import { BatchRetries } from './batch-retries.js';
import { independentGroups } from './independent-groups.js';

/** Groups executed at once: enough to fill the store's flushes, few enough to leave connections for others. */
const maxConcurrentGroups = 256;

/**
 * Commands about one ticket that are written in one append. A ticket opened, noted and resolved without a network comes as three
 * commands, and reading and writing its stream three times took half of a batch's time. Few enough for one append of the longest texts.
 */
const maxCommandsPerAppend = 12;

type BatchContext = Omit<CommandContext, 'sent'>;

/** A batch while it is executed. */
interface Batch {
  context: BatchContext;
  order: BatchOrder;
  retries: BatchRetries;
}

type Results = ReadonlyMap<BatchItem, CommandResult>;

/** Commands about one ticket that can be written in one append. */
interface Together {
  items: readonly BatchItem[];
  /** In the order of the items. */
  commands: readonly ExecuteTicketCommand[];
  /** Results of the items that are answered without being executed. */
  results: Results;
}

/** A group whose first commands were decided ahead, where one append can hold them. */
interface StartedGroup {
  items: readonly BatchItem[];
  first: { together: Together; ahead: DecidedAhead } | undefined;
}

/** Executes commands that were sent together, each with a result of its own; one that is refused never stops the others. */
@Injectable()
export class CommandBatch {
  constructor(
    private readonly intake: CommandIntake,
    private readonly executor: TicketCommandExecutor,
    private readonly store: EventStore,
    private readonly departures: Departures,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * Results in the order sent; commands about the same ticket are executed in that order. Throws `unavailable` where
   * the store is away: what was applied by then is found again when the batch is sent again.
   */
  async execute(commands: readonly unknown[], context: BatchContext): Promise<CommandResult[]> {
    const results = new Array<CommandResult>(commands.length);
    const items = commands.map((sent, index) => new BatchItem(sent, index));
    const order = await BatchOrder.of(items, context.deviceId, () => this.store.lastPosition());
    const batch: Batch = { context, order, retries: new BatchRetries() };
    const groups = groupsOf(items);
    let settled: Promise<unknown> = Promise.resolve();
    for (let start = 0; start < groups.length; start += maxConcurrentGroups) {
      const chunk = groups.slice(start, start + maxConcurrentGroups);
      const started = await Promise.all(chunk.map((group) => this.startGroup(group, batch)));
      await settled;
      // Appends begin in the order sent, which is also the log's order as far as nothing is refused.
      settled = Promise.all(
        started.map(async (group) => {
          for (const [item, result] of await this.finishGroup(group, batch)) results[item.index] = result;
        }),
      );
      settled.catch(() => undefined);
    }
    await settled;
    batch.retries.throwIfUnavailable();
    if (items.some(({ isTransfer, index }) => isTransfer && results[index]?.status === 'applied'))
      await this.departures.untilUnlisted();
    return results;
  }

  /** Decides the first commands of a group, and writes nothing. */
  private async startGroup(items: readonly BatchItem[], batch: Batch): Promise<StartedGroup> {
    const together = this.together(items.slice(0, maxCommandsPerAppend), batch);
    if (!together) return { items, first: undefined };
    return {
      items,
      first: { together, ahead: await this.executor.decideAhead(together.commands) },
    };
  }

  /** Writes the first commands of a group as they were decided ahead; then executes the others, a dozen at a time. */
  private async finishGroup({ items, first }: StartedGroup, batch: Batch): Promise<Results> {
    const results = new Map<BatchItem, CommandResult>();
    for (let start = 0; start < items.length; start += maxCommandsPerAppend) {
      const chunk = items.slice(start, start + maxCommandsPerAppend);
      const together = start === 0 ? first?.together : this.together(chunk, batch);
      const executed = together
        ? await this.executeTogether(together, batch, start === 0 ? first?.ahead : undefined)
        : await this.executeEach(chunk, batch);
      for (const [item, result] of executed) results.set(item, result);
    }
    return results;
  }

  /** The commands of items that one append can hold; undefined where it can't. */
  private together(items: readonly BatchItem[], batch: Batch): Together | undefined {
    if (!nameOneTicket(items)) return undefined;
    const results = new Map<BatchItem, CommandResult>();
    const accepted: BatchItem[] = [];
    const commands: ExecuteTicketCommand[] = [];
    for (const item of items) {
      const answer = this.accept(item, batch);
      if ('result' in answer) {
        results.set(item, answer.result);
        continue;
      }
      accepted.push(item);
      commands.push(answer.command);
    }
    return commands.some(isSequential) ? undefined : { items: accepted, commands, results };
  }

  private async executeTogether(
    { items, commands, results }: Together,
    batch: Batch,
    ahead?: DecidedAhead,
  ): Promise<Results> {
    const settled = await this.executor.executeMany(commands, ahead);
    const all = new Map(results);
    for (const [index, item] of items.entries()) {
      const outcome = settled[index];
      if (outcome?.status === 'fulfilled') all.set(item, resultOf(item, outcome.value));
      else all.set(item, this.failed(item, outcome?.reason, batch));
    }
    return all;
  }

  /** Executes the items one by one: each is written before the next is decided. */
  private async executeEach(items: readonly BatchItem[], batch: Batch): Promise<Results> {
    const results = new Map<BatchItem, CommandResult>();
    for (const item of items) results.set(item, await this.executeOne(item, batch));
    return results;
  }

  private async executeOne(item: BatchItem, batch: Batch): Promise<CommandResult> {
    const accepted = this.accept(item, batch);
    if ('result' in accepted) return accepted.result;
    try {
      return resultOf(item, await this.intake.execute(accepted.command));
    } catch (error) {
      return this.failed(item, error, batch);
    }
  }

  /** The command of an item, or its result where it can't be executed. */
  private accept(
    item: BatchItem,
    batch: Batch,
  ): { command: ExecuteTicketCommand } | { result: CommandResult } {
    const { context, order, retries } = batch;
    const blocker = retries.blockerOf(item);
    if (blocker) return { result: retryResult(blocker, item.ids) };
    try {
      const { type, body } = item.read();
      const sentAfter = order.after(item);
      return { command: this.intake.accept(type, body, { ...context, sent: item.command, sentAfter }) };
    } catch (error) {
      return { result: this.failed(item, error, batch) };
    }
  }

  private failed(item: BatchItem, thrown: unknown, { context, retries }: Batch): CommandResult {
    const error = asDomainError(thrown);
    if (isRefusal(error)) return refusedResult(error, item.ids);
    const blocker = retries.blockerOf(item);
    if (!blocker) this.report(error, item, context);
    retries.record(thrown, item);
    return retryResult(blocker ?? error, item.ids);
  }

  /**
   * Logs the error of a command that could not be decided, such as one about a broken ticket. It is logged, not thrown: commands about
   * other tickets must not wait until someone mends this one.
   */
  private report(
    error: DomainError,
    { ids: { commandId } }: BatchItem,
    { correlationId }: BatchContext,
  ): void {
    this.logger.error({ err: error.details.cause ?? error, correlationId, commandId }, error.code);
  }
}

const resultOf = (
  item: BatchItem,
  { status, ticketId, revision, cascade }: OutcomeOfMany,
): CommandResult => ({
  commandId: item.ids.commandId,
  status,
  ticketId,
  revision,
  ...(cascade ? { cascade } : {}),
  ...item.warnings,
});

/**
 * Groups that may run side by side. Which tickets a cascade resolves is known only when it is executed, so a batch that mixes a cascade
 * with commands other than resolutions stays one group, in the order sent.
 */
const groupsOf = (items: readonly BatchItem[]): (readonly BatchItem[])[] => {
  const hasCascade = items.some(({ isCascade }) => isCascade);
  const isMixed = hasCascade && !items.every(({ isResolution }) => isResolution);
  return isMixed ? [items] : independentGroups(items);
};

/**
 * Whether the items can share an append: all name the same ticket and no other, and no command is among them twice. A single item may
 * name no ticket, as an opening does.
 */
const nameOneTicket = (items: readonly BatchItem[]): boolean =>
  (items.length === 1 || items.every(({ tickets }) => tickets.length === 1)) &&
  new Set(items.flatMap(({ tickets }) => tickets)).size <= 1 &&
  new Set(items.map(({ commandId }) => commandId)).size === items.length;
