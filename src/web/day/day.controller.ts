import { Controller, Get, Param, Query, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { CurrentPrincipal, type Principal, Requires, ShowsNoTicket } from '../../access/index.js';
import { BegunDays } from '../../establishments/index.js';
import { daySchema } from '../../calendar/day-schema.js';
import type { Day } from '../../calendar/local-days.js';
import type { Html } from '../../platform/http/html.js';
import { dateIn } from '../../calendar/formatting.js';
import type { Language } from '../../shared/text/text.js';
import { dayMain } from './day.page.js';
import { futureDayMain } from './future-day.page.js';
import { PageFrame, seeOther } from '../page/page-frame.js';
import { languageQuery, type LanguageQuery } from '../page/page-language.js';
import { PageProblemFilter } from '../page/problems/page-problem.filter.js';
import { ReadDay } from './read-day.js';

const chosenQuery = z.object({ date: daySchema.optional() });

/** The page of a day. */
@ApiExcludeController()
@UseFilters(PageProblemFilter)
@ShowsNoTicket('figures alone')
@Controller('jours')
export class DayController {
  constructor(
    private readonly days: ReadDay,
    private readonly frame: PageFrame,
    private readonly begun: BegunDays,
  ) {}

  /** Redirects from the form for another day to the page of that day. */
  @Get()
  @Requires('figures:read')
  choose(
    @Query({ schema: chosenQuery }) { date }: z.output<typeof chosenQuery>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): string {
    return seeOther(reply, `/jours/${date ?? this.frame.today()}`);
  }

  @Get(':date')
  @Requires('figures:read')
  async page(
    @Param('date', { schema: daySchema }) date: string,
    @Query({ schema: languageQuery }) query: LanguageQuery,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const visit = this.frame.visit(request, reply, principal, query);
    return this.frame.send(visit, {
      title: dateIn(visit.language, date),
      here: date === this.frame.yesterday() ? 'yesterday' : undefined,
      main: await this.main(date, visit.language),
    });
  }

  private async main(date: Day, language: Language): Promise<Html> {
    const shown = await this.days.read(date);
    const newest = this.begun.newest();
    return shown ? dayMain(shown, newest, language) : futureDayMain(date, newest, language);
  }
}
