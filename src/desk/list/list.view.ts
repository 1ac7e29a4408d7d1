import { z } from 'zod';
import { pageShape } from '../../platform/http/paging.js';
import { positionSchema } from '../../platform/positions.js';
import { statuses, ticketSchema } from '../../tickets/index.js';

export const ticketListSchema = z
  .object({
    items: z.array(ticketSchema),
    ...pageShape,
    position: positionSchema.describe('Everything up to here is in the list'),
    counts: z
      .record(z.enum(statuses), z.int())
      .optional()
      .describe('With counts=true: how many tickets of each status the filter lets pass, on every page'),
    highlights: z
      .array(z.object({ ticketId: z.guid(), title: z.string(), text: z.string() }))
      .optional()
      .describe(
        'With q: of each item, its title and what was found in its texts, as HTML with <mark>, otherwise escaped',
      ),
    incomplete: z
      .int()
      .optional()
      .describe('Tickets of which something could not be read yet; absent where the list is whole'),
  })
  .meta({ id: 'TicketList' });
export type ListAnswer = z.output<typeof ticketListSchema>;
