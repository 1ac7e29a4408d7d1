import { Controller, Get, Param, Query, Req, Res, UseFilters } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { CurrentPrincipal, LogsAccess, type Principal, Requires } from '../../../access/index.js';
import {
  FiguresProgress,
  begunDay,
  ReadDailyFigures,
  ReadKnownPosition,
  ReadLateItems,
} from '../../../billets-quotidiens/index.js';
import { BegunDays } from '../../../establishments/index.js';
import { daySchema } from '../../../calendar/day-schema.js';
import { PageFrame } from '../../page/page-frame.js';
import { languageQuery } from '../../page/page-language.js';
import { PageProblemFilter } from '../../page/problems/page-problem.filter.js';
import { lateAddress } from '../addresses.js';
import { lateMain, lateTitle, type ShownLateEvents } from './late.page.js';
import { listCursorAfter, pageSize, listPlaceOf } from './list-cursor.js';

const lateQuery = languageQuery.extend({ cursor: z.string().max(500).optional() });

/** The page of a day's late events. */
@ApiExcludeController()
@UseFilters(PageProblemFilter)
@LogsAccess('figure')
@Controller('jours')
export class LateController {
  constructor(
    private readonly queries: QueryBus,
    private readonly frame: PageFrame,
    private readonly begun: BegunDays,
    private readonly progress: FiguresProgress,
  ) {}

  @Get(':date/retards')
  @Requires('figures:read')
  async page(
    @Param('date', { schema: daySchema }) date: string,
    @Query({ schema: lateQuery }) query: z.output<typeof lateQuery>,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    this.begun.assertBegun(date);
    const visit = this.frame.visit(request, reply, principal, query);
    return this.frame.send(visit, {
      title: lateTitle(date, visit.language),
      main: lateMain(await this.read(date, query.cursor), visit.language),
    });
  }

  private async read(date: string, cursor: string | undefined): Promise<ShownLateEvents> {
    const at = listPlaceOf(cursor);
    const known = at.known ?? (await this.queries.execute(new ReadKnownPosition('opened', undefined)));
    const [behind, [read], page] = await Promise.all([
      this.progress.behind(),
      this.queries.execute(new ReadDailyFigures(date, date, undefined, { asOf: { position: known } })),
      this.queries.execute(new ReadLateItems(date, undefined, known, { after: at.after, limit: pageSize })),
    ]);
    const next = listCursorAfter(page, at, known);
    return { behind, day: begunDay(read), page, shown: at.shown, next: next && lateAddress(date, next) };
  }
}
