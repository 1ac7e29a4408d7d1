import { Controller, Get, Param, Query, Req, Res, UseFilters } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { CurrentPrincipal, LogsAccess, type Principal, Requires } from '../../../access/index.js';
import {
  FiguresProgress,
  sourcesOfDays,
  begunDay,
  ReadDailyFigures,
  ReadFigureItems,
  ReadFigureSum,
  ReadKnownPosition,
  sourcesOf,
} from '../../../billets-quotidiens/index.js';
import { BegunDays, requestedEstablishment, Establishments } from '../../../establishments/index.js';
import { daySchema } from '../../../calendar/day-schema.js';
import { positionSchema } from '../../../platform/positions.js';
import { PageFrame } from '../../page/page-frame.js';
import { languageQuery } from '../../page/page-language.js';
import { PageProblemFilter } from '../../page/problems/page-problem.filter.js';
import { figureAddress, type FigurePlace } from '../addresses.js';
import { dayFigures } from '../columns.js';
import { figureMain, figureTitle, type ExplainedFigure } from './figure.page.js';
import { listCursorAfter, pageSize, listPlaceOf } from './list-cursor.js';

const figureQuery = languageQuery.extend({
  figure: z.enum(dayFigures),
  /** The form sends an empty value for all establishments. */
  establishment: z
    .string()
    .optional()
    .transform((name) => (name === '' ? undefined : name)),
  asOfPosition: positionSchema.optional(),
  cursor: z.string().max(500).optional(),
});
type FigureQuery = z.output<typeof figureQuery>;

/** The page of a figure: the tickets and events that it counts. */
@ApiExcludeController()
@UseFilters(PageProblemFilter)
@LogsAccess('figure')
@Controller('jours')
export class FigureController {
  constructor(
    private readonly queries: QueryBus,
    private readonly frame: PageFrame,
    private readonly establishments: Establishments,
    private readonly begun: BegunDays,
    private readonly progress: FiguresProgress,
  ) {}

  @Get(':date/billets')
  @Requires('figures:read')
  async page(
    @Param('date', { schema: daySchema }) date: string,
    @Query({ schema: figureQuery }) query: FigureQuery,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const visit = this.frame.visit(request, reply, principal, query);
    const { figure, asOfPosition, cursor } = query;
    const establishment = requestedEstablishment(this.establishments, query.establishment);
    this.begun.assertBegun(date, { establishment });
    const place = { date, figure, establishment, asOfPosition };
    return this.frame.send(visit, {
      title: figureTitle(place, visit.language),
      main: figureMain(await this.explain(place, cursor), visit.language),
    });
  }

  /** The figure, the sum of its items and a page of them, all as known at the same position, which is never beyond the served one. */
  private async explain(place: FigurePlace, cursor: string | undefined): Promise<ExplainedFigure> {
    const { date, figure, establishment, asOfPosition } = place;
    const at = listPlaceOf(cursor);
    const served = await this.queries.execute(new ReadKnownPosition(figure, undefined));
    const requested = at.known ?? (asOfPosition === undefined ? served : BigInt(asOfPosition));
    const known = requested < served ? requested : served;
    const page = { after: at.after, limit: pageSize };
    const sources = [...sourcesOf(figure), ...sourcesOfDays];
    const [behind, [read], sum, items] = await Promise.all([
      requested < served ? undefined : this.progress.behind(sources),
      this.queries.execute(new ReadDailyFigures(date, date, establishment, { asOf: { position: known } })),
      this.queries.execute(new ReadFigureSum(date, figure, establishment, known)),
      this.queries.execute(new ReadFigureItems(date, figure, establishment, known, page)),
    ]);
    const day = begunDay(read);
    const next = listCursorAfter(items, at, known);
    return {
      ...{ behind, place, day, value: day.total[figure], sum, page: items, shown: at.shown },
      establishments: this.establishments.all,
      next: next && figureAddress(place, next),
    };
  }
}
