import { Controller, Get, Param, Query, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentPrincipal, Requires } from '../../access/access.guard.js';
import { may, type Principal } from '../../access/permissions.js';
import { daySchema } from '../../establishments/day-schema.js';
import { dateIn } from '../../platform/printed/printed.js';
import { dayMain } from './day.page.js';
import { sendPage } from '../page/layout.js';
import { keepLanguage, languageOf, pageQuery, type PageQuery } from '../page/page-language.js';
import { PageProblemFilter } from '../page/page-problem.filter.js';
import { dayBefore } from '../../establishments/local-days.js';
import { ReadBoard } from '../board/read-board.js';
import { ReadDay } from './read-day.js';

/** The page of a day. */
@ApiExcludeController()
@UseFilters(PageProblemFilter)
@Controller('jours')
export class DayController {
  constructor(
    private readonly days: ReadDay,
    private readonly board: ReadBoard,
  ) {}

  @Get(':date')
  @Requires('figures:read')
  async page(
    @Param('date', { schema: daySchema }) date: string,
    @Query({ schema: pageQuery }) query: PageQuery,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    keepLanguage(reply, query);
    const language = languageOf(request);
    const yesterday = dayBefore(this.board.today());
    return sendPage(reply, {
      ...{ language, title: dateIn(language, date), person: principal.id, yesterday },
      here: date === yesterday ? 'yesterday' : undefined,
      mobileTeam: may(principal, 'tickets:sync'),
      main: dayMain(await this.days.read(date), language),
    });
  }
}
