import { z } from 'zod';
import { basisQuery } from '../../establishments/index.js';
import { daySchema } from '../../calendar/day-schema.js';
import { isDay, isInOrder, momentSchema } from '../../calendar/moment-schema.js';
import { endOfDay, startOfDay, widestDay, type Day } from '../../calendar/local-days.js';
import { pagingQuery } from '../../platform/http/paging.js';
import { minPositionQuery } from '../../platform/positions.js';
import { bilingual } from '../../shared/text/bilingual.js';
import { line } from '../../platform/text-schema.js';
import { instant, isAfter, type Instant } from '../../shared/instant.js';
import { wordsOf } from '../../shared/text/words.js';
import { categories, priorities } from '../../tickets/domain/ticket.events.js';
import { activeStatuses } from '../../shared/vocabulary.js';
import { statuses } from '../../tickets/index.js';
import type { ListedStatus } from '../ticket-change.js';
import type { TicketFilter } from './ticket-filter.js';
import { sortHelp, sortNames } from './ticket-order.js';
import { viewIdSchema } from './view-id.js';

const status = z.enum([...statuses, 'active']);
const hourMs = 3_600_000;
/** A hundred years. */
const maxHours = 876_600;

/** What a list is filtered by. */
export const filterShape = {
  status: z
    .union([status, z.array(status)])
    .optional()
    .describe('May repeat; active stands for open, in-progress and waiting'),
  establishment: line(200).optional().describe('Code, official name or alias; one of yours'),
  category: z.enum(categories).optional(),
  priority: z.enum(priorities).optional(),
  team: line(100).optional(),
  teams: z
    .literal('mine')
    .optional()
    .describe('mine: those of your teams, which you choose with PUT /v1/preferences'),
  assignee: line(200).optional().describe('A person’s name as tickets have it; me: you'),
  requester: line(120)
    .refine((name) => wordsOf(name).length > 0, {
      error: () => bilingual({ fr: 'un mot au moins', en: 'at least one word' }),
    })
    .optional()
    .describe('Words of the name of who asked for help, all of them; accents and case do not matter'),
  watching: z.literal('me').optional().describe('me: those that you watch'),
  unassigned: z
    .enum(['true', 'false'])
    .optional()
    .describe('true: those that no person has; not with assignee'),
  olderThan: z.coerce
    .number()
    .int()
    .min(0)
    .max(maxHours)
    .optional()
    .describe('Opened more than so many hours ago'),
  openedFrom: z
    .union([momentSchema, daySchema])
    .optional()
    .describe(
      'Opened at this instant or later; or on this day or later, by the day that figures count the opening on',
    ),
  openedTo: z
    .union([momentSchema, daySchema])
    .optional()
    .describe('Opened before this instant; or on this day or earlier'),
  ...basisQuery,
  q: line(500)
    .optional()
    .describe(
      'Words of titles, descriptions and notes, all of them: accents, case and punctuation do not matter, beginnings and typing errors will do; ' +
        'in quotes (« », " ", “ ”), words that follow each other, as they are written; a reference («K7M3-QX9P») finds its ticket first',
    ),
};

/** The orders of a list. */
export const sortSchema = z.enum(sortNames).describe(sortHelp);

export const listQuery = minPositionQuery
  .extend({
    ...filterShape,
    view: viewIdSchema
      .optional()
      .describe('Lists by a view that you may see; what else is asked for narrows it'),
    sort: sortSchema.optional(),
    counts: z
      .enum(['true', 'false'])
      .optional()
      .describe('Tell how many tickets of each status the filter lets pass'),
    ...pagingQuery,
  })
  .refine(({ assignee, unassigned }) => assignee === undefined || unassigned !== 'true', {
    path: ['unassigned'],
    error: () => bilingual({ fr: 'sans «assignee» seulement', en: 'without «assignee» only' }),
  })
  .refine(({ q, sort, view }) => sort !== 'relevance' || q !== undefined || view !== undefined, {
    path: ['sort'],
    error: () => bilingual({ fr: 'avec «q» seulement', en: 'with «q» only' }),
  })
  .refine(({ openedFrom, openedTo }) => isInOrder(openedFrom, openedTo), {
    path: ['openedTo'],
    error: () => bilingual({ fr: 'avant «openedFrom»', en: 'before «openedFrom»' }),
  });
export type ListQuery = z.output<typeof listQuery>;

/** Who asks, when, and in which zone days are days by the reporting zone. */
export interface Asking {
  person: string;
  now: Instant;
  reportingTimeZone: string;
}

export const filterOf = (query: ListQuery, { person, now, reportingTimeZone }: Asking): TicketFilter => {
  const { category, priority, team, teams, assignee, requester, watching, unassigned, olderThan } = query;
  return {
    ...(query.status === undefined ? {} : { statuses: statusesOf([query.status].flat()) }),
    ...(category ? { category } : {}),
    ...(priority ? { priority } : {}),
    ...(team ? { team } : {}),
    ...(teams === 'mine' ? { teamsOf: person } : {}),
    ...(assignee ? { assignee: assignee === 'me' ? person : assignee } : {}),
    ...(requester === undefined ? {} : { requesterWords: wordsOf(requester).map(({ word }) => word) }),
    ...(watching === 'me' ? { watcher: person } : {}),
    ...(unassigned === 'true' ? { unassigned: true } : {}),
    ...openedBy(
      openedWithin(query, reportingTimeZone),
      olderThan === undefined ? undefined : isAfter(now, -olderThan * hourMs),
    ),
  };
};

/**
 * Whether the query finds the same tickets for as long as the rows of the list are the same: tickets grow older without an event, and
 * which teams are whose stands elsewhere.
 */
export const dependsOnRowsAlone = ({ olderThan, teams }: ListQuery): boolean =>
  olderThan === undefined && teams === undefined;

/** The earlier of two ends: both hold. */
const openedBy = (opened: Opened, before: Instant | undefined): Opened => {
  if (before === undefined || (opened.openedBefore !== undefined && opened.openedBefore < before))
    return opened;
  return { ...opened, openedBefore: before };
};

type Opened = Pick<TicketFilter, 'openedFrom' | 'openedBefore' | 'openedDays'>;

const openedWithin = (
  { openedFrom: from, openedTo: to, basis = 'site' }: ListQuery,
  reportingTimeZone: string,
): Opened => {
  const days = basis === 'site' ? { ...onlyDay('from', from), ...onlyDay('to', to) } : {};
  const at = (text: string, side: 'start' | 'end'): Instant => {
    if (!isDay(text)) return instant(text);
    if (basis === 'site') return widestDay(text)[side];
    return instant(
      side === 'start' ? startOfDay(text, reportingTimeZone) : endOfDay(text, reportingTimeZone),
    );
  };
  return {
    ...(from === undefined ? {} : { openedFrom: at(from, 'start') }),
    ...(to === undefined ? {} : { openedBefore: at(to, 'end') }),
    ...(Object.keys(days).length === 0 ? {} : { openedDays: days }),
  };
};

const onlyDay = (side: 'from' | 'to', text: string | undefined): { from?: Day; to?: Day } =>
  text !== undefined && isDay(text) ? { [side]: text } : {};

const statusesOf = (names: readonly z.output<typeof status>[]): ListedStatus[] => [
  ...new Set(names.flatMap((name) => (name === 'active' ? activeStatuses : [name]))),
];
