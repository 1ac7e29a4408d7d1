import { Controller, Get, Headers, Param, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { CurrentPrincipal, LogsAccess, type Principal, Requires, showTickets } from '../../access/index.js';
import { behindMember, FiguresProgress } from '../../billets-quotidiens/index.js';
import { BegunDays, Establishments } from '../../establishments/index.js';
import { TableFiles, tableShape, tableTypes } from '../../platform/http/files/table-files.js';
import { varyBy } from '../../platform/http/negotiation/vary.js';
import { wantedForm } from '../../platform/http/negotiation/wanted-form.js';
import { ApiAnswers } from '../../platform/http/openapi.js';
import { linkNext } from '../../platform/http/paging.js';
import { KnownOfReports } from '../queries/known-of-reports.js';
import { ReadReportTickets, type ReportedTicket } from '../queries/read-report-tickets.js';
import { ReportedTickets } from '../projections/reported-tickets.projection.js';
import type { Report } from '../report.js';
import {
  checkedNarrowing,
  narrowingOf,
  narrowingShape,
  ticketsPlaceOf,
  ticketsCursor,
  type TicketsPlace,
} from './report-tickets.query.js';
import { reportTicketsTable } from './report-tickets.table.js';
import { malformed, ownScope, reportSchema, selectionOf, selectionQuery } from './reports.query.js';
import { reportTicketsSchema } from './reports.view.js';

const mediaTypes = { json: 'application/json', ...tableTypes } as const;
const formats = Object.keys(mediaTypes) as (keyof typeof mediaTypes)[];

/** Tickets that a file is read by at once, and the most that it has. */
const pageOfFile = 5_000;
const maxInFile = 100_000;

const ticketsQuery = checkedNarrowing(
  selectionQuery.extend({
    ...narrowingShape,
    format: z
      .enum(formats)
      .optional()
      .describe('Goes before Accept. A file has all tickets from the cursor on, whatever the limit'),
    ...tableShape,
  }),
);
type TicketsQuery = z.output<typeof ticketsQuery>;

@ApiTags('reports')
@ApiBearerAuth()
@LogsAccess('figure', 'said')
@Controller('v1/reports')
export class ReportTicketsController {
  constructor(
    private readonly queries: QueryBus,
    private readonly known: KnownOfReports,
    private readonly establishments: Establishments,
    private readonly begun: BegunDays,
    private readonly progress: FiguresProgress,
    private readonly files: TableFiles,
  ) {}

  @Get(':report/tickets')
  @Requires('reports:read')
  @ApiAnswers(
    'The tickets behind a report, or behind one of its groups, each with its duration',
    reportTicketsSchema,
  )
  @ApiProduces(...Object.values(mediaTypes))
  async tickets(
    @Param('report', { schema: reportSchema }) report: Report,
    @Query({ schema: ticketsQuery }) query: TicketsQuery,
    @CurrentPrincipal() principal: Principal,
    @Headers('accept') accept: string | undefined,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const form = wantedForm(mediaTypes, accept, query.format);
    varyBy(reply, 'Accept', 'Accept-Language');
    const { establishments, begun } = this;
    const narrowing = { ...narrowingOf(report, query), nowAt: ownScope(principal) };
    const selection = selectionOf(report, query, { principal, establishments, begun });
    const place = await ticketsPlaceOf(this.known, query);
    const read = ({ after, ...known }: TicketsPlace, limit: number) =>
      this.queries.execute(new ReadReportTickets(selection, known, narrowing, { after, limit }));
    if (form !== 'json') {
      const items = await allTickets((from) => read(from, pageOfFile), place);
      showTickets(request, items);
      const name = `${report}-${selection.from}_${selection.to}-tickets`;
      const table = reportTicketsTable(report, items, establishments.reportingTimeZone);
      return this.files.send(table, { ...query, form, name }, reply);
    }
    const isNow = query.asOf === undefined && query.asOfPosition === undefined;
    const [behind, { items, more }] = await Promise.all([
      isNow ? this.progress.behind([ReportedTickets]) : undefined,
      read(place, query.limit),
    ]);
    showTickets(request, items);
    const rest = { position: String(place.position), ...behindMember(behind) };
    const last = more ? items.at(-1) : undefined;
    const next = last && ticketsCursor({ ...place, after: BigInt(last.position) });
    const nextCursor = linkNext(request, reply, next);
    return { report, items, nextCursor, ...rest };
  }
}

/** Throws `malformed` where there are more than a file has. */
const allTickets = async (
  read: (from: TicketsPlace) => Promise<{ items: ReportedTicket[]; more: boolean }>,
  place: TicketsPlace,
): Promise<ReportedTicket[]> => {
  const all: ReportedTicket[] = [];
  for (let from = place; ;) {
    const { items, more } = await read(from);
    all.push(...items);
    const last = items.at(-1);
    if (!more || !last) return all;
    if (all.length >= maxInFile)
      throw malformed('?to', {
        fr: `plus de ${maxInFile} billets: moins de jours à la fois`,
        en: `more than ${maxInFile} tickets: fewer days at a time`,
      });
    from = { ...place, after: BigInt(last.position) };
  }
};
