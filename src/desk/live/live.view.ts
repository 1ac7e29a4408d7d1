import { z } from 'zod';
import { positionSchema } from '../../platform/http/positions.js';
import { tombstoneSchema } from '../changes.view.js';
import { listedTicketSchema } from '../listed-ticket.js';

const instantText = z.iso.datetime();

const newsSchema = z.object({
  position: positionSchema.describe('The same as `id:`'),
  revision: z.int(),
  type: z.string().describe('As in the ticket’s history'),
  ticketId: z.guid(),
  occurredAt: instantText,
  recordedAt: instantText,
  actor: z.string(),
  commandId: z.guid().describe('Whoever sent the command knows its own by it'),
});
export type LiveNews = z.output<typeof newsSchema>;

const liveTicketSchema = newsSchema
  .extend({ ticket: listedTicketSchema.describe('As it was right after the event') })
  .describe('`event: ticket`');
export type LiveTicket = z.output<typeof liveTicketSchema>;

const liveTombstoneSchema = newsSchema.extend(tombstoneSchema.shape).describe('`event: tombstone`');
export type LiveTombstone = z.output<typeof liveTombstoneSchema>;

/** The data of each event of the stream. */
export const liveNewsSchema = z.union([liveTicketSchema, liveTombstoneSchema]).meta({ id: 'LiveNews' });
