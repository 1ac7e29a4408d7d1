import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { v5 as uuidFromName } from 'uuid';
import { z } from 'zod';
import { EventStore } from '../../platform/event-store/event-store.js';
import { positionSchema } from '../../platform/http/positions.js';
import { CommandBatch } from './command-batch.js';
import { resultSchema } from './command-result.js';
import type { Sender } from '../commands/command-intake.js';
import { assignBody, namesNobody, namesSomeone } from '../commands/assign-ticket.js';
import { uuid } from '../commands/command-body.js';
import { mergeBody } from '../commands/merge-ticket.js';
import { recategorizeBody } from '../commands/recategorize-ticket.js';
import { resolveBody } from '../commands/resolve-ticket.js';

const mostTickets = 500;

const ticketIds = z
  .array(uuid)
  .min(1)
  .max(mostTickets)
  .describe('Each is judged on its own; one that is refused never stops the others.');

/** The fields of a command, for many tickets: `ticketIds` in the place of `ticketId`. */
const ofMany = <Shape extends { ticketId: unknown }>({ ticketId: _ticketId, ...shape }: Shape) => ({
  ...shape,
  ticketIds,
});

export const bulkBody = z.discriminatedUnion('type', [
  z
    .strictObject({ ...ofMany(assignBody.shape), type: z.literal('assign') })
    .refine(namesSomeone, { error: namesNobody }),
  z.strictObject({ ...ofMany(recategorizeBody.shape), type: z.literal('recategorize') }),
  z.strictObject({ ...ofMany(resolveBody.shape), type: z.literal('resolve') }),
  z.strictObject({ ...ofMany(mergeBody.shape), type: z.literal('merge') }),
]);
export type BulkBody = z.output<typeof bulkBody>;

export const bulkAnswerSchema = z
  .object({
    commandId: z.guid().describe('As sent, or made for this call'),
    position: positionSchema.describe('Read with minPosition, this shows what the call did'),
    results: z.array(resultSchema).describe('In the order of ticketIds'),
  })
  .meta({ id: 'BulkAnswer' });
export type BulkAnswer = z.output<typeof bulkAnswerSchema>;

const commandNamespace = '0b1f2c9e-6f35-5d55-9a36-0b8f5b6b0c0d';

/** One command for many tickets, judged ticket by ticket. */
@Injectable()
export class Bulk {
  constructor(
    private readonly batch: CommandBatch,
    private readonly store: EventStore,
  ) {}

  /** Throws `unavailable` where the store is away: the same call again goes on where this one ended. */
  async submit({ commandId = randomUUID(), ticketIds }: BulkBody, sender: Sender): Promise<BulkAnswer> {
    // As it came: each ticket's command goes through its own schema.
    const { commandId: _commandId, ticketIds: _ticketIds, ...asks } = sender.sent as Record<string, unknown>;
    const commands = ticketIds.map((ticketId) => ({
      ...asks,
      ticketId,
      // The same call again is the same command for each ticket.
      commandId: uuidFromName(ticketId, uuidFromName(commandId, commandNamespace)),
    }));
    const results = await this.batch.judge(commands, sender, (index, field) =>
      field === '/ticketId' || field === '' ? `/ticketIds/${index}` : field,
    );
    return { commandId, position: String(await this.store.lastPosition()), results };
  }
}
