import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { EventStore } from '../../platform/event-store/event-store.js';
import { Clock } from '../../shared/clock.js';
import { milliseconds } from '../../shared/instant.js';
import { CommandBatch } from './command-batch.js';
import { clockTime, line } from '../execution/command-body.js';
import type { CommandContext } from '../execution/command-intake.js';
import { ticketCommands } from '../commands/index.js';
import type { CommandResult } from '../repository/command-result.js';

/**
 * Accepts any value, since one malformed command must not fail the whole batch. Each command is parsed by its own schema later; the
 * OpenAPI document shows those schemas.
 */
const syncCommand = z.unknown().meta({
  id: 'SyncCommand',
  oneOf: Object.entries(ticketCommands).map(([type, { body: schema }]) => {
    const { $schema: _$schema, ...properties } = z.toJSONSchema(schema, {
      io: 'input',
      unrepresentable: 'any',
    });
    const ids = type === 'open' ? ['commandId'] : ['commandId', 'ticketId'];
    return { title: type, ...properties, required: [...(properties.required ?? []), 'type', ...ids] };
  }),
});

export const syncBody = z.strictObject({
  deviceId: line(200),
  sentAt: clockTime
    .optional()
    .describe('What the device’s clock shows when it sends: a skew above 2 minutes is corrected.'),
  commands: z
    .array(syncCommand)
    .max(1000)
    .describe(
      'Judged one by one, those about the same ticket in their order. Where no answer came, send them again, in the same order: what was applied is answered as duplicate. What is answered as retry was not judged: keep it, and send it again later.',
    ),
});
export type SyncBody = z.output<typeof syncBody>;

export interface SyncOutcome {
  /** The log's newest position: the results of a batch of repeated commands have only old ones to show. */
  position: bigint;
  clockSkewMs: number | null;
  /** In the order sent. */
  results: CommandResult[];
}

/** How far a device's clock may be off, either way, before its times are corrected. */
const maxToleratedSkewMs = 2 * 60_000;

/** Executes a device's commands, each with a result of its own; one that is refused never stops the others. */
@Injectable()
export class SyncBatch {
  constructor(
    private readonly batch: CommandBatch,
    private readonly store: EventStore,
    private readonly clock: Clock,
  ) {}

  /** Throws `unavailable` where the store is away: what was applied by then is found again when the batch is sent again. */
  async submit(
    { deviceId, sentAt, commands }: SyncBody,
    sender: Pick<CommandContext, 'principal' | 'correlationId'>,
  ): Promise<SyncOutcome> {
    const clockSkewMs = sentAt === undefined ? null : milliseconds(sentAt) - milliseconds(this.clock.now());
    const corrected = clockSkewMs !== null && Math.abs(clockSkewMs) > maxToleratedSkewMs;
    const context = { ...sender, deviceId, clockSkewMs: corrected ? clockSkewMs : undefined };
    const results = await this.batch.execute(commands, context);
    return { position: await this.store.lastPosition(), clockSkewMs, results };
  }
}
