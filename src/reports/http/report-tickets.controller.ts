import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { CurrentPrincipal, LogsAccess, type Principal, Requires } from '../../access/index.js';
import { behindMember, FiguresProgress } from '../../billets-quotidiens/index.js';
import { BegunDays, Establishments } from '../../establishments/index.js';
import { ApiAnswers } from '../../platform/http/openapi.js';
import {
  cursorInstantSchema,
  linkToNext,
  pagingQuery,
  readCursor,
  writeCursor,
} from '../../platform/http/paging.js';
import { cursorPositionSchema } from '../../platform/positions.js';
import { localized } from '../../platform/request-context.js';
import { line } from '../../platform/text-schema.js';
import { instant } from '../../shared/instant.js';
import { categories } from '../../tickets/domain/ticket.events.js';
import { KnownOfReports, type KnownAt } from '../queries/known-of-reports.js';
import { ReadReportTickets } from '../queries/read-report-tickets.js';
import { ReportedTickets } from '../projections/reported-tickets.projection.js';
import { parts, partsOf, type Part, type Report } from '../report.js';
import type { Narrowing } from '../sql/chosen-tickets.js';
import { checked, malformed, ownScope, reportSchema, selectionOf, selectionQuery } from './reports.query.js';
import { reportTicketsSchema } from './reports.view.js';

const ticketsQuery = checked(
  selectionQuery.extend({
    team: line(100).optional(),
    withoutTeam: z.enum(['true', 'false']).optional().describe('true: those without a team; not with team'),
    category: z.enum(categories).optional(),
    part: z
      .enum(parts as [Part, ...Part[]])
      .optional()
      .describe(
        'responses: answered, unanswered; ageing: a class of ages; reopened: reopened, kept; all of them unless told',
      ),
    ...pagingQuery,
  }),
).refine(({ team, withoutTeam }) => team === undefined || withoutTeam !== 'true', {
  path: ['withoutTeam'],
  error: () => localized({ fr: 'sans «team» seulement', en: 'without «team» only' }),
});
type TicketsQuery = z.output<typeof ticketsQuery>;

/** A cursor. Every page shows what was known when the first was read, ages included, so that the pages add up to the group. */
const cursorSchema = z.strictObject({
  after: cursorPositionSchema,
  known: cursorPositionSchema,
  at: cursorInstantSchema,
});

@ApiTags('reports')
@ApiBearerAuth()
@LogsAccess('figure')
@Controller('v1/reports')
export class ReportTicketsController {
  constructor(
    private readonly queries: QueryBus,
    private readonly known: KnownOfReports,
    private readonly establishments: Establishments,
    private readonly begun: BegunDays,
    private readonly progress: FiguresProgress,
  ) {}

  @Get(':report/tickets')
  @Requires('reports:read')
  @ApiAnswers(
    'The tickets behind a report, or behind one of its groups, each with its duration',
    reportTicketsSchema,
  )
  async tickets(
    @Param('report', { schema: reportSchema }) report: Report,
    @Query({ schema: ticketsQuery }) query: TicketsQuery,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { establishments, begun } = this;
    const narrowing = { ...narrowingOf(report, query), nowAt: ownScope(principal) };
    const selection = selectionOf(report, query, { principal, establishments, begun });
    const { after, ...known } = await this.placeOf(query);
    const page = { after, limit: query.limit };
    const isNow = query.asOf === undefined && query.asOfPosition === undefined;
    const [behind, { items, more }] = await Promise.all([
      isNow ? this.progress.behind([ReportedTickets]) : undefined,
      this.queries.execute(new ReadReportTickets(selection, known, narrowing, page)),
    ]);
    const position = String(known.position);
    const rest = { position, ...behindMember(behind) };
    const last = items.at(-1);
    if (!more || !last) return { report, items, nextCursor: null, ...rest };
    const nextCursor = writeCursor({ after: last.position, known: position, at: known.at });
    void reply.header('Link', linkToNext(request.url, nextCursor));
    return { report, items, nextCursor, ...rest };
  }

  private async placeOf(query: TicketsQuery): Promise<KnownAt & { after: bigint }> {
    if (query.cursor === undefined) return { after: 0n, ...(await this.known.at(query)) };
    const { after, known, at } = readCursor(query.cursor, cursorSchema);
    const { position } = await this.known.of({ asOfPosition: known });
    return { after: BigInt(after), position, at: instant(at) };
  }
}

/** Throws `malformed` for a part of another report. */
const narrowingOf = (report: Report, { team, withoutTeam, category, part }: TicketsQuery): Narrowing => {
  if (part !== undefined && !(partsOf[report] as readonly Part[]).includes(part))
    throw malformed('?part', { fr: `pas pour «${report}»`, en: `not for «${report}»` });
  return {
    ...(withoutTeam === 'true' ? { team: null } : team === undefined ? {} : { team }),
    ...(category === undefined ? {} : { category }),
    ...(part === undefined ? {} : { part }),
  };
};
