import { z } from 'zod';
import { pageShape } from '../platform/http/paging.js';
import { positionSchema } from '../platform/http/positions.js';
import { listedTicketSchema, statuses } from './listed-ticket.js';

export const listSchema = z
  .object({
    items: z.array(listedTicketSchema),
    ...pageShape,
    position: positionSchema.describe('Everything up to here is in the list'),
    counts: z
      .record(z.enum(statuses), z.int())
      .optional()
      .describe('With counts=true: how many tickets of each status the filter lets pass, on every page'),
    incomplete: z
      .int()
      .optional()
      .describe('Tickets of which something could not be read yet; absent where the list is whole'),
  })
  .meta({ id: 'TicketList' });
export type ListAnswer = z.output<typeof listSchema>;
