import { z } from 'zod';
import { pageShape } from '../../platform/http/paging.js';
import { positionSchema } from '../../platform/positions.js';
import { priorities } from '../../tickets/domain/ticket.events.js';
import { behindShape } from '../queries/behind.js';
import { ages } from '../queries/read-backlog.js';

const count = z.int();
const countsOf = <Name extends string>(names: readonly Name[]): Record<Name, typeof count> =>
  Object.fromEntries(names.map((name) => [name, count])) as Record<Name, typeof count>;
const momentShape = {
  position: positionSchema,
  occurredAt: z.iso.datetime(),
  recordedAt: z.iso.datetime(),
};
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

const knownDayShape = {
  date: z.iso.date(),
  timeZone: z.string().describe('The reporting zone; each establishment’s day is cut by its own'),
  position: positionSchema.describe('Everything up to here is counted'),
  knownAt: z.iso.datetime(),
  revision: z.int(),
};

export const dayFiguresSchema = z
  .object({
    ...knownDayShape,
    total: z.object(figuresShape),
    establishments: z.array(
      z.object({
        code: z.string(),
        name: z.string(),
        ...figuresShape,
        status: z
          .literal('future')
          .optional()
          .describe('The day has not begun here yet: the backlog is that of the day before'),
      }),
    ),
    status: z.enum(['in-progress', 'closed', 'published']),
    ...behindShape,
    incomplete: z
      .int()
      .optional()
      .describe('Tickets of which something could not be counted yet; absent where the figures are whole'),
    lateEvents: z
      .object({
        afterClose: count.describe('Recorded when the day was over where they count'),
        afterPublication: count
          .optional()
          .describe('Recorded after the day’s figures were published last; absent for a day that was not'),
      })
      .optional()
      .describe(
        'Events of the day that came late; absent where none did, for figures as of another time or by the reporting zone',
      ),
  })
  .meta({ id: 'DayFigures' });

/** A day of a range that has not begun has no figures. */
const futureDaySchema = z.object({ ...knownDayShape, status: z.literal('future') }).meta({ id: 'FutureDay' });

export const rangeSchema = z
  .object({ items: z.array(z.discriminatedUnion('status', [dayFiguresSchema, futureDaySchema])) })
  .meta({ id: 'RangeOfFigures' });

export const figureItemsSchema = z
  .object({
    items: z.array(
      z.object({
        ticketId: z.uuid(),
        establishment: z.string(),
        ...momentShape,
        delta: z.int().describe('What the event adds to the figure: all of them add up to it'),
        undoneBy: z
          .object(momentShape)
          .optional()
          .describe('The event that took it back later, on whatever day; absent where none did'),
      }),
    ),
    ...pageShape,
    position: positionSchema.describe('Everything up to here is counted, on every page'),
    ...behindShape,
  })
  .meta({ id: 'FigureItems' });

export const backlogSchema = z
  .object({
    at: z.iso.datetime(),
    total: count,
    establishments: z.array(
      z.object({
        code: z.string(),
        backlog: count,
        byPriority: z.object(countsOf(priorities)),
        byAge: z
          .object(countsOf(ages))
          .describe(
            'By the time since the first opening, in days of 24 hours; each begins where the one before ends',
          ),
      }),
    ),
    position: positionSchema.describe('Everything up to here is counted'),
    ...behindShape,
    incomplete: z
      .int()
      .optional()
      .describe('Tickets of which something could not be counted yet; absent where the figures are whole'),
  })
  .meta({ id: 'Backlog' });
