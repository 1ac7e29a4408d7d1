import { z } from 'zod';
import { positionSchema } from '../platform/http/positions.js';

const count = z.int();
const figuresShape = {
  opened: count.describe('First openings of the day: «billets quotidiens»'),
  resolved: count.describe('Every transition into resolved on the day, whatever day the ticket was opened'),
  resolvedSameDay: count.describe(
    'Tickets opened on the day and resolved at its end: «billets quotidiens résolus au cours de cette même période»',
  ),
  reopened: count,
  cancelled: count,
  merged: count,
  transferredIn: count,
  transferredOut: count,
  backlog: count.describe('Tickets active at the last instant of the day'),
};

export const dayFiguresSchema = z
  .object({
    date: z.iso.date(),
    timeZone: z.string().describe('The reporting zone; each establishment’s day is cut by its own'),
    total: z.object(figuresShape),
    establishments: z.array(z.object({ code: z.string(), name: z.string(), ...figuresShape })),
    position: positionSchema.describe('Everything up to here is counted'),
    knownAt: z.iso.datetime(),
    status: z.enum(['in-progress', 'closed', 'published']),
    revision: z.int(),
    incomplete: z
      .int()
      .optional()
      .describe('Tickets of which something could not be counted yet; absent where the figures are whole'),
  })
  .meta({ id: 'DayFigures' });

export const rangeSchema = z.object({ items: z.array(dayFiguresSchema) }).meta({ id: 'RangeOfFigures' });
