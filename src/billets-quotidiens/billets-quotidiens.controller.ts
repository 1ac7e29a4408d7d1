import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Requires } from '../access/access.guard.js';
import { Establishments } from '../establishments/establishments.js';
import { codeAsked } from '../establishments/establishments.problems.js';
import { countDays } from '../establishments/local-days.js';
import { Answers } from '../platform/http/openapi.js';
import { minPositionQuery } from '../platform/http/positions.js';
import { localized } from '../platform/http/request-context.js';
import { daySchema } from './day.schema.js';
import { DailyFigures } from './daily-figures.projection.js';
import { FigureEntries } from './figure-entries.projection.js';
import { dayFiguresSchema, rangeSchema } from './figures.view.js';
import { asOfQuery, isOneAsOf, KnownThen, notBoth } from './known-then.js';
import { PublishedDays } from './published-days.projection.js';
import { ReadLateEvents, type LateEvents } from './queries/read-late-events.js';
import { bases, ReadDailyFigures, type DayFigures } from './queries/read-daily-figures.js';

const mostDays = 366;

const figuresQuery = minPositionQuery.extend({
  establishment: z.string().optional(),
  ...asOfQuery,
  basis: z
    .enum(bases)
    .optional()
    .describe('Whose midnights cut the days: each site’s own (unless told), or the reporting zone’s for all'),
});
const dayQuery = figuresQuery.refine(isOneAsOf, notBoth);
const rangeQuery = figuresQuery
  .extend({ from: daySchema, to: daySchema })
  .refine(isOneAsOf, notBoth)
  .refine(({ from, to }) => from <= to, {
    path: ['to'],
    error: () => localized({ fr: 'avant «from»', en: 'before «from»' }),
  })
  .refine(({ from, to }) => countDays(from, to) <= mostDays, {
    path: ['to'],
    error: () =>
      localized({ fr: `au plus ${mostDays} jours à la fois`, en: `at most ${mostDays} days at a time` }),
  });

@ApiTags('billets-quotidiens')
@ApiBearerAuth()
@Controller('v1/billets-quotidiens')
export class BilletsQuotidiensController {
  constructor(
    private readonly queries: QueryBus,
    private readonly known: KnownThen,
    private readonly establishments: Establishments,
  ) {}

  @Get()
  @Requires('figures:read')
  @Answers('The figures of every day of a range', rangeSchema)
  async range(@Query({ schema: rangeQuery }) query: z.output<typeof rangeQuery>) {
    return { items: await this.read(query.from, query.to, query) };
  }

  @Get(':date')
  @Requires('figures:read')
  @Answers('The figures of a day', dayFiguresSchema)
  async day(
    @Param('date', { schema: daySchema }) date: string,
    @Query({ schema: dayQuery }) query: z.output<typeof dayQuery>,
  ) {
    const [figures] = await this.read(date, date, query);
    return figures;
  }

  private async read(
    from: string,
    to: string,
    query: z.output<typeof dayQuery>,
  ): Promise<(DayFigures & { lateEvents?: LateEvents })[]> {
    const establishment = codeAsked(this.establishments, query.establishment);
    const asOf = await this.known.reached([DailyFigures, FigureEntries, PublishedDays], query);
    const { basis } = query;
    const days = await this.queries.execute(new ReadDailyFigures(from, to, establishment, { asOf, basis }));
    if (asOf || basis === 'reporting-zone') return days;
    const late = await this.queries.execute(new ReadLateEvents(from, to, establishment));
    return days.map((day) => ({ ...day, ...lateOn(day.date, late) }));
  }
}

const lateOn = (date: string, late: ReadonlyMap<string, LateEvents>): { lateEvents?: LateEvents } => {
  const lateEvents = late.get(date);
  return lateEvents ? { lateEvents } : {};
};
