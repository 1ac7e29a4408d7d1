import { Controller, Get, Query, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  accessCursorSchema,
  accessesShape,
  accessFilterOf,
  accessView,
  CurrentPrincipal,
  LogsAccess,
  rangeInOrder,
  ReadAccesses,
  Requires,
  showTickets,
  type Principal,
} from '../../access/index.js';
import { notInOrder } from '../../calendar/range-faults.js';
import { Establishments } from '../../establishments/index.js';
import { readCursor, writeCursor } from '../../platform/http/paging.js';
import { Clock } from '../../shared/clock.js';
import { PageFrame } from '../page/page-frame.js';
import { languageQuery } from '../page/page-language.js';
import { PageProblemFilter } from '../page/problems/page-problem.filter.js';
import { journalMain, journalWordsIn } from './journal.page.js';

const pageSize = 50;

/** A form sends an empty value for each field that was left empty. */
const filledIn = (query: unknown): unknown =>
  Object.fromEntries(Object.entries(query as object).filter(([, value]) => value !== ''));

const journalQuery = z.preprocess(
  filledIn,
  languageQuery.extend(accessesShape).refine(rangeInOrder, notInOrder),
);

/** The access log as a page, for auditors. */
@ApiExcludeController()
@UseFilters(PageProblemFilter)
@Controller('journal')
export class JournalController {
  constructor(
    private readonly accesses: ReadAccesses,
    private readonly establishments: Establishments,
    private readonly clock: Clock,
    private readonly frame: PageFrame,
  ) {}

  @Get()
  @Requires('accesses:read')
  @LogsAccess('accesses', 'said')
  async page(
    @Query({ schema: journalQuery }) query: z.output<typeof journalQuery>,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const visit = this.frame.visit(request, reply, principal, query);
    const { reportingTimeZone: timeZone } = this.establishments;
    const { lang: _lang, cursor, ...fields } = query;
    const filter = accessFilterOf(fields, timeZone);
    if (filter.ticket !== undefined) showTickets(request, [{ ticketId: filter.ticket }]);
    const after = cursor === undefined ? undefined : readCursor(cursor, accessCursorSchema);
    const { rows, next } = await this.accesses.page(filter, { after, limit: pageSize });
    const alerts = await this.accesses.alerts(this.clock.now());
    const shown = {
      ...{ fields, timeZone, isFirst: cursor === undefined },
      items: rows.map((row) => accessView(row, filter.ticket)),
      alerts: alerts.map((row) => accessView(row, undefined)),
      next: next && writeCursor({ ...next }),
    };
    const title = journalWordsIn(visit.language)('journal');
    return this.frame.send(visit, { title, here: 'journal', main: journalMain(shown, visit.language) });
  }
}
