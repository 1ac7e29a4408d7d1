import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Principal } from '../access/permissions.js';
import { EventStore } from '../platform/event-store/event-store.js';
import { problemSchema } from '../platform/http/openapi.js';
import { positionSchema } from '../platform/http/positions.js';
import { asProblem, problemDocument } from '../platform/http/problem.filter.js';
import { Problem, type FieldError } from '../platform/http/problem.js';
import { fieldErrors } from '../platform/http/validation.js';
import { Clock } from '../shared/clock.js';
import { milliseconds } from '../shared/instant.js';
import { CommandIntake, type Sender } from './command-intake.js';
import { clockTime, text } from './commands/command-body.js';
import { ticketCommands } from './commands/index.js';
import { independentGroups } from './independent-groups.js';
import type { TicketCommandType } from './ticket.js';
import type { TicketView } from './ticket.view.js';

/** Anything passes here, since one malformed command must not sink the batch; each is held to its own schema, which is what is documented. */
const syncCommand = z.unknown().meta({
  oneOf: Object.entries(ticketCommands).map(([type, { schema }]) => {
    const { $schema: _$schema, ...body } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
    const ids = type === 'open' ? ['commandId'] : ['commandId', 'ticketId'];
    return { title: type, ...body, required: [...(body.required ?? []), 'type', ...ids] };
  }),
});

export const syncBody = z.strictObject({
  deviceId: text(200),
  sentAt: clockTime
    .optional()
    .describe('What the device’s clock shows when it sends: a skew above 2 minutes is corrected.'),
  commands: z.array(syncCommand).max(1000).describe('Judged one by one.'),
});
export type SyncBody = z.output<typeof syncBody>;

const resultSchema = z.object({
  commandId: z.string().nullable().describe('As sent'),
  status: z.enum(['applied', 'duplicate', 'unchanged', 'refused']),
  ticketId: z.string().nullable(),
  revision: z.int().optional(),
  problem: problemSchema.optional(),
});
type Result = z.output<typeof resultSchema>;

export const syncAnswerSchema = z
  .object({
    position: positionSchema.describe('Read with minPosition, this shows what the batch did'),
    clockSkewMs: z.number().nullable().describe('How far the device’s clock is ahead; null without sentAt'),
    results: z.array(resultSchema).describe('In the order sent'),
  })
  .meta({ id: 'SyncAnswer' });
export type SyncAnswer = z.output<typeof syncAnswerSchema>;

/** What a device's clock may be off by before its times are corrected. */
const toleratedSkewMs = 2 * 60_000;
/** Groups in hand at once: enough to fill the store's flushes, few enough to leave connections for others. */
const groupsAtOnce = 256;

interface Item {
  index: number;
  command: Record<string, unknown>;
  tickets: string[];
}

/** A device's commands, judged one by one; one that is refused never stops the others. */
@Injectable()
export class SyncBatch {
  constructor(
    private readonly intake: CommandIntake,
    private readonly store: EventStore,
    private readonly clock: Clock,
  ) {}

  /** Throws `unavailable` where the store is away: what was applied by then is found again when the batch is sent again. */
  async submit({ deviceId, sentAt, commands }: SyncBody, principal: Principal): Promise<SyncAnswer> {
    const clockSkewMs = sentAt === undefined ? null : milliseconds(sentAt) - milliseconds(this.clock.now());
    const corrected = clockSkewMs !== null && Math.abs(clockSkewMs) > toleratedSkewMs;
    const sender: Sender = { principal, deviceId, clockSkewMs: corrected ? clockSkewMs : undefined };
    const results = new Array<Result>(commands.length);
    const groups = independentGroups(commands.map(asItem));
    await atOnce(groupsAtOnce, groups, async (group) => {
      for (const item of group) results[item.index] = await this.answer(item, sender);
    });
    return {
      // The log's own: a batch of nothing but repeats has only old positions to show.
      position: String(await this.store.lastPosition()),
      clockSkewMs,
      results,
    };
  }

  private async answer(item: Item, sender: Sender): Promise<Result> {
    const { commandId, ticketId } = idsOf(item.command);
    try {
      const type = typeOf(item.command);
      const parsed = ticketCommands[type].schema.safeParse(item.command);
      if (!parsed.success) throw new Problem('malformed', { errors: fieldErrors(parsed.error.issues) });
      const outcome = await this.intake.submit(type, withIds(type, parsed.data), sender);
      return { commandId, status: outcome.status, ticketId: outcome.ticketId, revision: outcome.revision };
    } catch (error) {
      const problem = asProblem(error);
      if (problem.kind.status >= 500) throw error;
      return refusedResult(problem, item.index, commandId, ticketId);
    }
  }
}

const asItem = (sent: unknown, index: number): Item => {
  const isObject = typeof sent === 'object' && sent !== null && !Array.isArray(sent);
  const command = isObject ? (sent as Record<string, unknown>) : {};
  const { ticketId, into, to } = command;
  const tickets = [ticketId, into, to].filter((id) => typeof id === 'string').map((id) => id.toLowerCase());
  return { index, command, tickets };
};

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

const refusedResult = (
  problem: Problem,
  index: number,
  commandId: string | null,
  ticketId: string | null,
): Result => {
  const document = problemDocument(problem);
  const errors = document.errors?.map(({ pointer, message }): FieldError => ({
    pointer: `/commands/${index}${pointer}`,
    message,
  }));
  const { ticket } = document as { ticket?: TicketView };
  return {
    commandId,
    status: 'refused',
    ticketId,
    ...(ticket ? { revision: ticket.revision } : {}),
    problem: { ...document, ...(errors ? { errors } : {}) },
  };
};

/** Handles items side by side, `most` of them at once; stops taking new ones at the first that throws, and throws that. */
const atOnce = async <Entry>(
  most: number,
  entries: Entry[],
  handle: (entry: Entry) => Promise<void>,
): Promise<void> => {
  const queue = entries.values();
  let failed = false;
  const work = async (): Promise<void> => {
    for (const entry of queue) {
      if (failed) return;
      try {
        await handle(entry);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: most }, work));
};
