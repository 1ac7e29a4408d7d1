import { z } from 'zod';
import { daySchema } from '../establishments/day-schema.js';
import { endOfDay, startOfDay } from '../establishments/local-days.js';
import { pageQuery } from '../platform/http/paging.js';
import { minPositionQuery } from '../platform/http/positions.js';
import { localized } from '../platform/http/request-context.js';
import { line } from '../platform/http/text.js';
import { instant, type Instant } from '../shared/instant.js';
import { categories, priorities } from '../tickets/ticket.events.js';
import { activeStatuses, statuses } from './listed-ticket.js';
import type { Status } from './ticket-change.js';
import type { TicketFilter } from './ticket-filter.js';
import { sortHelp, sortNames } from './ticket-order.js';

const status = z.enum([...statuses, 'active']);

/** Beyond these years neither a day nor PostgreSQL's calendar follows. */
const moment = z.iso.datetime({ offset: true, abort: true }).refine(
  (text) => {
    const at = Date.parse(text);
    return at >= Date.parse('1970-01-01T00:00:00Z') && at <= Date.parse('9999-12-31T23:59:59.999Z');
  },
  { error: () => localized({ fr: 'hors des années 1970 à 9999', en: 'beyond the years 1970 to 9999' }) },
);

export const listQuery = minPositionQuery
  .extend({
    status: z
      .union([status, z.array(status)])
      .optional()
      .describe('May repeat; active stands for open, in-progress and waiting'),
    establishment: line(200).optional().describe('Code, official name or alias; one of yours'),
    category: z.enum(categories).optional(),
    priority: z.enum(priorities).optional(),
    team: line(100).optional(),
    assignee: line(200).optional(),
    openedFrom: z
      .union([moment, daySchema])
      .optional()
      .describe('Opened at this instant or later; of a day, from its beginning in the reporting time zone'),
    openedTo: z
      .union([moment, daySchema])
      .optional()
      .describe('Opened before this instant; of a day, until its end in the reporting time zone'),
    sort: z.enum(sortNames).optional().describe(sortHelp),
    counts: z
      .enum(['true', 'false'])
      .optional()
      .describe('Tell how many tickets of each status the filter lets pass'),
    q: line(500)
      .optional()
      .describe(
        'Words of titles, descriptions and notes, all of them: accents and case do not matter, beginnings and typing errors will do',
      ),
    ...pageQuery,
  })
  .refine(({ q, sort }) => sort !== 'relevance' || q !== undefined, {
    path: ['sort'],
    error: () => localized({ fr: 'avec «q» seulement', en: 'with «q» only' }),
  });
export type ListQuery = z.output<typeof listQuery>;

const isDay = (at: string): boolean => daySchema.safeParse(at).success;

export const filterOf = (query: ListQuery, reportingTimeZone: string): TicketFilter => {
  const { category, priority, team, assignee, openedFrom, openedTo } = query;
  const at = (text: string, ofDay: (day: string, timeZone: string) => number): Instant =>
    instant(isDay(text) ? ofDay(text, reportingTimeZone) : text);
  return {
    ...(query.status === undefined ? {} : { statuses: statusesOf([query.status].flat()) }),
    ...(category ? { category } : {}),
    ...(priority ? { priority } : {}),
    ...(team ? { team } : {}),
    ...(assignee ? { assignee } : {}),
    ...(openedFrom ? { openedFrom: at(openedFrom, startOfDay) } : {}),
    ...(openedTo ? { openedBefore: at(openedTo, endOfDay) } : {}),
  };
};

const statusesOf = (asked: readonly z.output<typeof status>[]): Status[] => [
  ...new Set(asked.flatMap((one) => (one === 'active' ? activeStatuses : [one]))),
];
