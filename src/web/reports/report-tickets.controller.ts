import { Controller, Get, Param, Query, Req, Res, UseFilters } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { CurrentPrincipal, LogsAccess, type Principal, Requires } from '../../access/index.js';
import { FiguresProgress } from '../../billets-quotidiens/index.js';
import { daySchema } from '../../calendar/day-schema.js';
import { BegunDays, Establishments } from '../../establishments/index.js';
import { cursorInstantSchema, readCursor, writeCursor } from '../../platform/http/paging.js';
import { cursorPositionSchema } from '../../platform/positions.js';
import { line } from '../../platform/text-schema.js';
import {
  KnownOfReports,
  ownScope,
  ReadReport,
  ReadReportTickets,
  type Report,
  ReportedTickets,
  reports,
  selectionOf,
  type KnownAt,
} from '../../reports/index.js';
import { instant } from '../../shared/instant.js';
import { categoryLabels, codesOf } from '../../shared/vocabulary.js';
import { PageFrame } from '../page/page-frame.js';
import { languageQuery } from '../page/page-language.js';
import { PageProblemFilter } from '../page/page-problem.filter.js';
import { reportTicketsAddress } from './addresses.js';
import { isDayRange, noDayRange } from './day-range.js';
import { reportTicketsMain, reportTicketsTitle, type ShownTickets } from './report-tickets.page.js';

/** Tickets on a page: a screen or two. */
const pageSize = 50;

const ticketsQuery = languageQuery
  .extend({
    from: daySchema,
    to: daySchema,
    establishment: line(200).optional(),
    category: z.enum(codesOf(categoryLabels)).optional(),
    team: line(100).optional(),
    withoutTeam: z.literal('true').optional(),
    cursor: z.string().max(500).optional(),
  })
  .refine(isDayRange, noDayRange);
type TicketsQuery = z.output<typeof ticketsQuery>;

/** Every page is as known when the first was read, ages included, so that the pages add up. */
const cursorSchema = z.strictObject({
  after: cursorPositionSchema,
  known: cursorPositionSchema,
  at: cursorInstantSchema,
  shown: z.string().regex(/^\d{1,9}$/),
});

/** The page of the tickets behind a report, or behind one of its groups. */
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

  @Get(':report/billets')
  @Requires('reports:read')
  async page(
    @Param('report', { schema: z.enum(reports) }) report: Report,
    @Query({ schema: ticketsQuery }) query: TicketsQuery,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const visit = this.frame.visit(request, reply, principal, query);
    const shown = await this.read(report, query, principal);
    return this.frame.send(visit, {
      title: reportTicketsTitle(shown, visit.language),
      main: reportTicketsMain(shown, visit.language),
    });
  }

  private async read(report: Report, query: TicketsQuery, principal: Principal): Promise<ShownTickets> {
    const { establishments, begun } = this;
    const { category, team, withoutTeam } = query;
    const selection = selectionOf(report, query, { principal, establishments, begun });
    const { after, shown, ...known } = await this.placeOf(query.cursor);
    const ofTeam = withoutTeam ? null : team;
    const narrowing = {
      ...(ofTeam === undefined ? {} : { team: ofTeam }),
      ...(category === undefined ? {} : { category }),
      nowAt: ownScope(principal),
    };
    const [behind, { total }, { items, more }] = await Promise.all([
      query.cursor === undefined ? this.progress.behind([ReportedTickets]) : undefined,
      this.queries.execute(new ReadReport(selection, known, undefined, narrowing)),
      this.queries.execute(new ReadReportTickets(selection, known, narrowing, { after, limit: pageSize })),
    ]);
    const establishment =
      query.establishment === undefined ? undefined : establishments.find(query.establishment)?.code;
    const group = { report, from: query.from, to: query.to, establishment, category, team: ofTeam };
    const last = more ? items.at(-1) : undefined;
    const next =
      last &&
      writeCursor({
        ...{ after: last.position, known: String(known.position), at: known.at },
        shown: String(shown + items.length),
      });
    return {
      ...{ group, items, behind, known, shown, all: total.tickets },
      next: next && reportTicketsAddress(group, next),
      establishmentName: establishment && establishments.find(establishment)?.name,
      timeZone: establishments.reportingTimeZone,
    };
  }

  private async placeOf(
    cursor: string | undefined,
  ): Promise<KnownAt & { position: bigint; after: bigint; shown: number }> {
    if (cursor === undefined) return { after: 0n, shown: 0, ...(await this.known.at({})) };
    const { after, known, at, shown } = readCursor(cursor, cursorSchema);
    return { after: BigInt(after), position: BigInt(known), at: instant(at), shown: Number(shown) };
  }
}
