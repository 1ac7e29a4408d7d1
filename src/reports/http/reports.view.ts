import { z } from 'zod';
import { ages, behindShape } from '../../billets-quotidiens/index.js';
import { pageShape } from '../../platform/http/paging.js';
import { positionSchema } from '../../platform/positions.js';
import { categories } from '../../tickets/domain/ticket.events.js';
import { groupings, reports } from '../report.js';

const count = z.int();
const nearestRank =
  'nearest rank: the smallest of the durations that at least this part of them does not exceed. Never estimated; null where there is none';
const percentiles = {
  medianSeconds: z.number().nullable().describe(`The median (50th percentile) by ${nearestRank}`),
  p90Seconds: z.number().nullable().describe(`The 90th percentile by ${nearestRank}`),
};

/** What each report says of all its tickets, and of each group of them. */
export const measureShapes = {
  responses: {
    tickets: count.describe('First openings of the days, where figures count them'),
    answered: count.describe(
      'Those that somebody took care of: the first of work started, put on hold, assigned to a person, or resolved; by when it happened',
    ),
    ...percentiles,
  },
  resolutions: {
    opened: count.describe('First openings of the same days'),
    resolved: count.describe('Every transition into resolved, as figures count them'),
    ...percentiles,
  },
  ageing: {
    tickets: count.describe('Active at the end of the day, as the backlog of figures'),
    byAge: z
      .object(
        Object.fromEntries(ages.map((age) => [age, count])) as Record<(typeof ages)[number], typeof count>,
      )
      .describe('By the time since the first opening, in days of 24 hours'),
    ...percentiles,
  },
  reopened: {
    resolved: count.describe('Every transition into resolved, as figures count them'),
    reopened: count.describe('Those that a reopening undid, on whatever day'),
    rate: z
      .number()
      .nullable()
      .describe('reopened / resolved, with four decimals; null where nothing was resolved'),
    ...percentiles,
  },
} as const;

const reportOf = <Name extends keyof typeof measureShapes>(name: Name) => {
  const measures = measureShapes[name];
  return z.object({
    report: z.literal(name),
    from: z.iso.date(),
    to: z.iso.date(),
    by: z.enum(groupings).nullable(),
    total: z.object(measures),
    groups: z
      .array(
        z.object({
          code: z
            .string()
            .nullable()
            .describe(
              'The team, the code of the category or establishment, or the day; null: without a team',
            ),
          name: z.string(),
          ...measures,
        }),
      )
      .describe('In the order of their codes; groups without tickets are left out'),
    ...(name === 'resolutions'
      ? {
          days: z
            .array(
              z.object({
                date: z.iso.date(),
                opened: count.optional(),
                resolved: count.optional(),
                status: z.literal('future').optional().describe('The day has not begun, and has no counts'),
              }),
            )
            .describe('Opened against resolved, every day of the range'),
        }
      : {}),
    position: positionSchema.describe('Everything up to here is counted'),
    knownAt: z.iso.datetime(),
    ...behindShape,
    incomplete: z
      .int()
      .optional()
      .describe('Tickets of which something could not be counted yet; absent where the report is whole'),
  });
};

export const reportAnswerSchema = z
  .discriminatedUnion('report', [
    reportOf('responses'),
    reportOf('resolutions'),
    reportOf('ageing'),
    reportOf('reopened'),
  ])
  .meta({ id: 'Report', type: 'object' });

export const reportTicketsSchema = z
  .object({
    report: z.enum(reports),
    items: z.array(
      z.object({
        ticketId: z.guid(),
        position: positionSchema.describe('That of the event the ticket is counted for'),
        establishment: z.string(),
        team: z.string().nullable(),
        category: z.enum(categories),
        openedAt: z.iso.datetime(),
        beganAt: z.iso.datetime().describe('When the duration begins: the opening, or the resolution'),
        endedAt: z.iso
          .datetime()
          .nullable()
          .describe(
            'When it ends: the first response, the resolution, the instant of the age, the reopening; null: not yet',
          ),
        seconds: z.number().nullable().describe('The duration'),
      }),
    ),
    ...pageShape,
    position: positionSchema.describe('Everything up to here is counted, on every page'),
    ...behindShape,
  })
  .meta({ id: 'ReportTickets' });
