import { z } from 'zod';
import { daySchema } from '../../../calendar/day-schema.js';
import { endOfDay, startOfDay } from '../../../calendar/local-days.js';
import { isDay, isInOrder, momentSchema } from '../../../calendar/moment-schema.js';
import { notInOrder } from '../../../calendar/range-faults.js';
import { tableShape } from '../../../platform/http/files/table-files.js';
import { cursorInstantSchema, pagingQuery } from '../../../platform/http/paging.js';
import { cursorPositionSchema } from '../../../platform/positions.js';
import { line } from '../../../platform/text-schema.js';
import { instant } from '../../../shared/instant.js';
import type { AccessFilter } from '../storage/access-statements.js';

const when = z.union([momentSchema, daySchema]).optional();

/** What may be asked of the access log, by programs and by its page. */
export const accessesShape = {
  ticket: z.guid().optional().describe('Those that showed this ticket, or were refused it'),
  person: line(255).optional().describe('The subject of a token or a session'),
  from: when.describe('At this instant or later; or on this day or later, in the reporting zone'),
  to: when.describe('Before this instant; or on this day or earlier'),
  cursor: pagingQuery.cursor,
};

type Range = Partial<Record<'from' | 'to', string | undefined>>;

/** What both say of their range: the API, and the page. */
export const rangeInOrder = ({ from, to }: Range): boolean => isInOrder(from, to);

export const accessesQuery = z
  .object({
    ...accessesShape,
    limit: pagingQuery.limit,
    format: z.enum(['json', 'csv']).optional().describe('Goes before Accept'),
    ...tableShape,
  })
  .refine(rangeInOrder, notInOrder);
export type AccessesQuery = z.output<typeof accessesQuery>;

export const accessCursorSchema = z.strictObject({ at: cursorInstantSchema, position: cursorPositionSchema });

/** The rows that are asked for; days are those of a zone. */
export const accessFilterOf = (
  { ticket, person, from, to }: Pick<AccessesQuery, 'ticket' | 'person' | 'from' | 'to'>,
  timeZone: string,
): AccessFilter => ({
  ...{ ticket: ticket?.toLowerCase(), person },
  from: from !== undefined && isDay(from) ? instant(startOfDay(from, timeZone)) : from,
  before: to !== undefined && isDay(to) ? instant(endOfDay(to, timeZone)) : to,
});
