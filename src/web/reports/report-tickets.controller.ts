import { Controller, Get, Query, Req, Res, UseFilters } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { CurrentPrincipal, LogsAccess, type Principal, Requires } from '../../access/index.js';
import { FiguresProgress } from '../../billets-quotidiens/index.js';
import { daySchema } from '../../calendar/day-schema.js';
import { BegunDays, Establishments } from '../../establishments/index.js';
import { line } from '../../platform/text-schema.js';
import {
  groupings,
  KnownOfReports,
  narrowedQuery,
  narrowingOf,
  narrowingShape,
  ownScope,
  ticketsPlaceOf,
  ReadReportTickets,
  ReportedTickets,
  reports,
  selectionOf,
} from '../../reports/index.js';
import { fieldErrors } from '../../platform/field-errors.js';
import { Problem } from '../../platform/http/problems/problem.js';
import { PageFrame } from '../page/page-frame.js';
import { languageQuery } from '../page/page-language.js';
import { PageProblemFilter } from '../page/problems/page-problem.filter.js';
import { ticketsAddress, ticketsQueryOf, type ChosenTickets } from './addresses.js';
import { ticketsMain, ticketsTitle } from './report-tickets.page.js';

const pageSize = 50;

const pageQuery = languageQuery.extend({
  report: z.enum(reports),
  from: daySchema,
  to: daySchema,
  by: z.enum(groupings).optional(),
  establishment: line(200).optional(),
  tickets: z.enum(reports).optional(),
  group: line(200).optional(),
  withoutTeam: narrowingShape.withoutTeam,
  part: narrowingShape.part,
  cursor: narrowingShape.cursor,
  shown: z.coerce.number().int().min(0).max(1_000_000_000).default(0),
});
type PageQuery = z.output<typeof pageQuery>;

/** As the API takes it, so that a group is refused here where it would be there. Throws `malformed`. */
const askedOf = (query: object): z.output<typeof narrowedQuery> => {
  const { data, error } = narrowedQuery.safeParse(query);
  if (error) throw new Problem('malformed', { errors: fieldErrors(error.issues) });
  return data;
};

/** The page of the tickets behind a figure of a report. */
@ApiExcludeController()
@UseFilters(PageProblemFilter)
@LogsAccess('figure')
@Controller('rapports')
export class ReportTicketsPageController {
  constructor(
    private readonly queries: QueryBus,
    private readonly known: KnownOfReports,
    private readonly establishments: Establishments,
    private readonly begun: BegunDays,
    private readonly progress: FiguresProgress,
    private readonly frame: PageFrame,
  ) {}

  @Get('billets')
  @Requires('reports:read')
  async page(
    @Query({ schema: pageQuery }) query: PageQuery,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const visit = this.frame.visit(request, reply, principal, query);
    const { establishments, begun } = this;
    const { report, from, to, by, establishment } = query;
    const chosen = { report, from, to, by, establishment };
    const tickets: ChosenTickets = {
      ...{ report: query.tickets ?? report, part: query.part },
      group: query.withoutTeam === 'true' ? null : query.group,
    };
    const asked = askedOf(ticketsQueryOf(chosen, tickets));
    const selection = selectionOf(tickets.report, asked, { principal, establishments, begun });
    const narrowing = { ...narrowingOf(tickets.report, asked), nowAt: ownScope(principal) };
    const place = await ticketsPlaceOf(this.known, { cursor: query.cursor });
    const { after, ...known } = place;
    const [behind, { items, more }] = await Promise.all([
      query.cursor === undefined ? this.progress.behind([ReportedTickets]) : undefined,
      this.queries.execute(new ReadReportTickets(selection, known, narrowing, { after, limit: pageSize })),
    ]);
    const last = items.at(-1);
    const next =
      more && last
        ? ticketsAddress(
            chosen,
            tickets,
            { ...place, after: BigInt(last.position) },
            query.shown + items.length,
          )
        : undefined;
    const shown = {
      ...{ chosen, tickets, items, place, shown: query.shown, next, behind },
      ...{ establishments: establishments.all, timeZone: establishments.reportingTimeZone },
    };
    return this.frame.send(visit, {
      title: ticketsTitle(shown, visit.language),
      here: 'reports',
      main: ticketsMain(shown, visit.language),
    });
  }
}
