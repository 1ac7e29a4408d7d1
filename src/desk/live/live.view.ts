import { z } from 'zod';
import { positionSchema } from '../../platform/positions.js';
import { tombstoneSchema } from '../changes/changes.view.js';
import { ticketSchema } from '../../tickets/index.js';

const instantText = z.iso.datetime();

const liveMessageSchema = z.object({
  position: positionSchema.describe('The same as `id:`'),
  revision: z.int(),
  type: z.string().describe('As in the ticket’s history'),
  ticketId: z.guid(),
  occurredAt: instantText,
  recordedAt: instantText,
  actor: z.string(),
  commandId: z.guid().describe('Whoever sent the command knows its own by it'),
});

const liveTicketSchema = liveMessageSchema
  .extend({ ticket: ticketSchema.describe('As it was right after the event') })
  .describe('`event: ticket`');
export type LiveTicket = z.output<typeof liveTicketSchema>;

const liveTombstoneSchema = liveMessageSchema.extend(tombstoneSchema.shape).describe('`event: tombstone`');
export type LiveTombstone = z.output<typeof liveTombstoneSchema>;

const liveResyncSchema = z
  .object({
    position: positionSchema.describe('The end of the log: everything after it is told'),
    reason: z.literal('log-went-back'),
  })
  .describe(
    '`event: resync`: the log was restored, or lost its end, and no longer holds all that you were told. Forget what you hold, and read it anew with this `minPosition`',
  );
export type LiveResync = z.output<typeof liveResyncSchema>;

/** The data of each event of the stream. */
export const liveNewsSchema = z
  .union([liveTicketSchema, liveTombstoneSchema, liveResyncSchema])
  .meta({ id: 'LiveNews' });
