import { Controller, Get, Headers, Param, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { CurrentPrincipal, type Principal, Requires, ShowsNoTicket } from '../../access/index.js';
import { behindMember, FiguresProgress } from '../../billets-quotidiens/index.js';
import { BegunDays, Establishments } from '../../establishments/index.js';
import { TableFiles, tableShape, tableTypes } from '../../platform/http/files/table-files.js';
import { ApiAnswers } from '../../platform/http/openapi.js';
import { varyBy } from '../../platform/http/negotiation/vary.js';
import { wantedForm } from '../../platform/http/negotiation/wanted-form.js';
import { spokenLanguage } from '../../platform/http/request-context.js';
import type { Language } from '../../shared/text/text.js';
import { KnownOfReports } from '../queries/known-of-reports.js';
import { ReadReport } from '../queries/read-report.js';
import { ReportedTickets } from '../projections/reported-tickets.projection.js';
import { groupings, type Report } from '../report.js';
import { ReportAnswers } from './report-answers.js';
import { reportTable } from './report.table.js';
import { checked, malformed, reportSchema, selectionOf, selectionQuery } from './reports.query.js';
import { reportAnswerSchema } from './reports.view.js';

const mediaTypes = { json: 'application/json', ...tableTypes } as const;
const formats = Object.keys(mediaTypes) as (keyof typeof mediaTypes)[];

const reportQuery = checked(
  selectionQuery.extend({
    by: z
      .enum(groupings)
      .optional()
      .describe('What the report is divided by; day: not for ageing. The total alone unless told'),
    format: z.enum(formats).optional().describe('Goes before Accept'),
    ...tableShape,
  }),
);
type ReportQuery = z.output<typeof reportQuery>;

@ApiTags('reports')
@ApiBearerAuth()
@ShowsNoTicket('sums alone')
@Controller('v1/reports')
export class ReportsController {
  constructor(
    private readonly queries: QueryBus,
    private readonly known: KnownOfReports,
    private readonly answers: ReportAnswers,
    private readonly establishments: Establishments,
    private readonly begun: BegunDays,
    private readonly progress: FiguresProgress,
    private readonly files: TableFiles,
  ) {}

  @Get(':report')
  @Requires('reports:read')
  @ApiAnswers(
    'How fast tickets are answered and resolved, how old they are, how many come back',
    reportAnswerSchema,
  )
  @ApiProduces(...Object.values(mediaTypes))
  async report(
    @Param('report', { schema: reportSchema }) report: Report,
    @Query({ schema: reportQuery }) query: ReportQuery,
    @CurrentPrincipal() principal: Principal,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const form = wantedForm(mediaTypes, accept, query.format);
    const answer = await this.read(report, query, {
      principal,
      language: query.lang ?? spokenLanguage(reply.request),
    });
    varyBy(reply, 'Accept', 'Accept-Language');
    if (query.lang !== undefined) void reply.header('Content-Language', query.lang);
    if (form === 'json') return answer;
    const name = `${report}-${answer.from}_${answer.to}`;
    return this.files.send(reportTable(answer), { ...query, form, name }, reply);
  }

  private async read(
    report: Report,
    query: ReportQuery,
    { principal, language }: { principal: Principal; language: Language },
  ) {
    const { by } = query;
    if (report === 'ageing' && by === 'day')
      throw malformed('?by', { fr: 'pas pour «ageing»', en: 'not for «ageing»' });
    const { establishments, begun } = this;
    const selection = selectionOf(report, query, { principal, establishments, begun });
    const known = await this.known.of(query);
    // As of an earlier time a report is never behind: the position it needs has been waited for.
    const [behind, read] = await Promise.all([
      known.position === undefined ? this.progress.behind([ReportedTickets]) : undefined,
      this.queries.execute(new ReadReport(selection, known, by)),
    ]);
    return { ...this.answers.of(selection, read, { by, language }), ...behindMember(behind) };
  }
}
