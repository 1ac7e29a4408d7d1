import { Controller, Get, Headers, Param, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Requires, ShowsNoTicket } from '../../access/index.js';
import { BegunDays, Establishments, requestedEstablishment, basisQuery } from '../../establishments/index.js';
import { countDays } from '../../calendar/local-days.js';
import { TableFiles, tableShape, tableTypes } from '../../platform/http/files/table-files.js';
import { ApiAnswers } from '../../platform/http/openapi.js';
import { minPositionQuery } from '../../platform/positions.js';
import { varyBy } from '../../platform/http/negotiation/vary.js';
import { wantedForm } from '../../platform/http/negotiation/wanted-form.js';
import { notInOrder, tooManyDays } from '../../calendar/range-faults.js';
import { line } from '../../platform/text-schema.js';
import { daySchema } from '../../calendar/day-schema.js';
import { dayFiguresSchema, rangeSchema } from './figures.view.js';
import { asOfQuery, isOneAsOf, AsOfResolver, notBoth } from '../queries/as-of-resolver.js';
import { behindMember, type Behind } from '../queries/behind.js';
import { FiguresProgress, sourcesOfDays } from '../queries/figures-progress.js';
import { dayFiguresTable } from './figures.table.js';
import { ReadLateEvents, type LateEvents } from '../queries/read-late-events.js';
import { ReadDailyFigures, type DayFigures, type FutureDay } from '../queries/read-daily-figures.js';

const maxDays = 366;

const mediaTypes = { json: 'application/json', ...tableTypes } as const;
const formats = Object.keys(mediaTypes) as (keyof typeof mediaTypes)[];
const Produces = ApiProduces(...Object.values(mediaTypes));

const figuresQuery = minPositionQuery.extend({
  establishment: line(200).optional(),
  ...asOfQuery,
  ...basisQuery,
  format: z.enum(formats).optional().describe('Goes before Accept'),
  ...tableShape,
});
const dayQuery = figuresQuery.refine(isOneAsOf, notBoth);
const rangeQuery = figuresQuery
  .extend({ from: daySchema, to: daySchema })
  .refine(isOneAsOf, notBoth)
  .refine(({ from, to }) => from <= to, notInOrder)
  .refine(({ from, to }) => countDays(from, to) <= maxDays, tooManyDays(maxDays));

@ApiTags('billets-quotidiens')
@ApiBearerAuth()
@ShowsNoTicket('figures alone')
@Controller('v1/billets-quotidiens')
export class BilletsQuotidiensController {
  constructor(
    private readonly queries: QueryBus,
    private readonly known: AsOfResolver,
    private readonly establishments: Establishments,
    private readonly begun: BegunDays,
    private readonly progress: FiguresProgress,
    private readonly files: TableFiles,
  ) {}

  @Get()
  @Requires('figures:read')
  @ApiAnswers('The figures of every day of a range', rangeSchema)
  @Produces
  async range(
    @Query({ schema: rangeQuery }) query: z.output<typeof rangeQuery>,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { from, to } = query;
    const days = await this.read(from, to, query);
    return this.inForm(days, { items: days }, `${from}_${to}`, { ...query, accept }, reply);
  }

  @Get(':date')
  @Requires('figures:read')
  @ApiAnswers('The figures of a day', dayFiguresSchema)
  @Produces
  async day(
    @Param('date', { schema: daySchema }) date: string,
    @Query({ schema: dayQuery }) query: z.output<typeof dayQuery>,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    this.assertBegun(date, query);
    const days = await this.read(date, date, query);
    return this.inForm(days, days[0], date, { ...query, accept }, reply);
  }

  /** Throws `day-not-begun`. */
  private assertBegun(date: string, query: z.output<typeof dayQuery>): void {
    const establishment = requestedEstablishment(this.establishments, query.establishment);
    this.begun.assertBegun(date, { establishment, basis: query.basis });
  }

  /** The answer in the wanted format: JSON, or the same figures as a table with one row for each day and establishment. */
  private async inForm<Json>(
    days: readonly (FutureDay | (DayFigures & { behind?: Behind }))[],
    json: Json,
    name: string,
    { accept, format, ...wanted }: { accept: string | undefined } & z.output<typeof dayQuery>,
    reply: FastifyReply,
  ): Promise<Json | Buffer | string> {
    const form = wantedForm(mediaTypes, accept, format);
    varyBy(reply, 'Accept');
    if (form === 'json') return json;
    const file = { ...wanted, form, name: `billets-quotidiens-${name}` };
    return this.files.send(dayFiguresTable(days), file, reply);
  }

  private async read(
    from: string,
    to: string,
    query: z.output<typeof dayQuery>,
  ): Promise<(FutureDay | (DayFigures & { behind?: Behind; lateEvents?: LateEvents }))[]> {
    const establishment = requestedEstablishment(this.establishments, query.establishment);
    const asOf = await this.known.waitForPosition(sourcesOfDays, query);
    const { basis } = query;
    // Figures as of an earlier time are never behind: the position they need has been waited for.
    const [behind, read] = await Promise.all([
      asOf ? undefined : this.progress.behind(),
      this.queries.execute(new ReadDailyFigures(from, to, establishment, { asOf, basis })),
    ]);
    const days = read.map((day) => (day.status === 'future' ? day : { ...day, ...behindMember(behind) }));
    if (asOf || basis === 'reporting-zone') return days;
    const late = await this.queries.execute(new ReadLateEvents(from, to, establishment));
    return days.map((day) => (day.status === 'future' ? day : { ...day, ...lateOn(day.date, late) }));
  }
}

const lateOn = (date: string, late: ReadonlyMap<string, LateEvents>): { lateEvents?: LateEvents } => {
  const lateEvents = late.get(date);
  return lateEvents ? { lateEvents } : {};
};
