import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Requires } from '../access/access.guard.js';
import { Establishments } from '../establishments/establishments.js';
import { unknownPlace } from '../establishments/establishments.problems.js';
import { countDays } from '../establishments/local-days.js';
import { Answers } from '../platform/http/openapi.js';
import { awaitPosition, minPositionQuery } from '../platform/http/positions.js';
import { localized } from '../platform/http/request-context.js';
import { Projections } from '../platform/projections/projections.js';
import { DailyFigures } from './daily-figures.projection.js';
import { dayFiguresSchema, rangeSchema } from './figures.view.js';
import { PublishedDays } from './published-days.projection.js';
import { ReadDailyFigures, type DayFigures } from './queries/read-daily-figures.js';

const mostDays = 366;

/** Years that both calendars at work here, Temporal's and PostgreSQL's, can name. */
const daySchema = z.iso
  .date({ abort: true })
  .refine((day) => day >= '1970-01-01' && day <= '9998-12-31', {
    error: () =>
      localized({
        fr: 'attendu: un jour de 1970 à 9998, p. ex. 2026-05-15',
        en: 'expected a day from 1970 to 9998, e.g. 2026-05-15',
      }),
  })
  .meta({ format: 'date' });
const dayQuery = minPositionQuery.extend({ establishment: z.string().optional() });
const rangeQuery = dayQuery
  .extend({ from: daySchema, to: daySchema })
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
    private readonly projections: Projections,
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

  private async read(from: string, to: string, query: z.output<typeof dayQuery>): Promise<DayFigures[]> {
    const establishment = this.codeOf(query.establishment);
    for (const projection of [DailyFigures, PublishedDays]) {
      await awaitPosition(query.minPosition, (position, timeoutMs) =>
        this.projections.reach(projection, position, timeoutMs),
      );
    }
    return this.queries.execute(new ReadDailyFigures(from, to, establishment));
  }

  private codeOf(name: string | undefined): string | undefined {
    if (name === undefined) return undefined;
    const establishment = this.establishments.find(name);
    if (!establishment) throw unknownPlace('unknown-establishment', '?establishment');
    return establishment.code;
  }
}
