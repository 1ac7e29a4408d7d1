import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { EventStore } from '../../platform/event-store/event-store.js';
import { CommandBatch } from './command-batch.js';
import type { CommandContext } from '../execution/command-intake.js';
import { assignTicket, namesNobody, namesSomeone } from '../commands/assign-ticket.js';
import { cancelTicket } from '../commands/cancel-ticket.js';
import { closeTicket } from '../commands/close-ticket.js';
import { uuid } from '../execution/command-body.js';
import { mergeTicket } from '../commands/merge-ticket.js';
import { putOnHold } from '../commands/put-on-hold.js';
import { recategorizeTicket } from '../commands/recategorize-ticket.js';
import { reprioritizeTicket } from '../commands/reprioritize-ticket.js';
import { resolveTicket } from '../commands/resolve-ticket.js';
import { startWork } from '../commands/start-work.js';
import type { CommandResult } from '../repository/command-result.js';
import { uuidFromName } from '../../platform/uuid-from-name.js';

const maxTickets = 500;

const ticketIds = z
  .array(uuid)
  .min(1)
  .max(maxTickets)
  .describe('Each is judged on its own; one that is refused never stops the others.');

/** The fields of a command, for many tickets: `ticketIds` in the place of `ticketId`. */
const fieldsForMany = <Shape extends { ticketId: unknown }>({ ticketId: _ticketId, ...shape }: Shape) => ({
  ...shape,
  ticketIds,
});

export const bulkBody = z.discriminatedUnion('type', [
  z
    .strictObject({ ...fieldsForMany(assignTicket.body.shape), type: z.literal('assign') })
    .refine(namesSomeone, { error: namesNobody }),
  z.strictObject({ ...fieldsForMany(recategorizeTicket.body.shape), type: z.literal('recategorize') }),
  z.strictObject({ ...fieldsForMany(reprioritizeTicket.body.shape), type: z.literal('reprioritize') }),
  z.strictObject({ ...fieldsForMany(startWork.body.shape), type: z.literal('start') }),
  z.strictObject({ ...fieldsForMany(putOnHold.body.shape), type: z.literal('hold') }),
  z.strictObject({ ...fieldsForMany(resolveTicket.body.shape), type: z.literal('resolve') }),
  z.strictObject({ ...fieldsForMany(closeTicket.body.shape), type: z.literal('close') }),
  z.strictObject({ ...fieldsForMany(cancelTicket.body.shape), type: z.literal('cancel') }),
  z.strictObject({ ...fieldsForMany(mergeTicket.body.shape), type: z.literal('merge') }),
]);
export type BulkBody = z.output<typeof bulkBody>;

export interface BulkOutcome {
  /** As sent, or made for this call. */
  commandId: string;
  position: bigint;
  /** In the order of the tickets. */
  results: CommandResult[];
}

const commandNamespace = '0b1f2c9e-6f35-5d55-9a36-0b8f5b6b0c0d';

/** One command for many tickets, decided ticket by ticket. */
@Injectable()
export class Bulk {
  constructor(
    private readonly batch: CommandBatch,
    private readonly store: EventStore,
  ) {}

  /** Throws `unavailable` where the store is away: the same call, sent again, goes on where this one ended. */
  async submit(
    { commandId = randomUUID(), ticketIds }: BulkBody,
    context: CommandContext,
  ): Promise<BulkOutcome> {
    // The fields as they were sent: each ticket's command is parsed by its own schema.
    const {
      commandId: _commandId,
      ticketIds: _ticketIds,
      ...fields
    } = context.sent as Record<string, unknown>;
    const commands = ticketIds.map((ticketId) => ({
      ...fields,
      ticketId,
      // The same call sent again makes the same command for each ticket.
      commandId: uuidFromName(ticketId, uuidFromName(commandId, commandNamespace)),
    }));
    const results = await this.batch.execute(commands, context);
    return { commandId, position: await this.store.lastPosition(), results };
  }
}
