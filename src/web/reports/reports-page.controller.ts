import { Controller, Get, Query, Req, Res, UseFilters } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { CurrentPrincipal, type Principal, Requires, ShowsNoTicket } from '../../access/index.js';
import { FiguresProgress } from '../../billets-quotidiens/index.js';
import { daySchema } from '../../calendar/day-schema.js';
import { countDays, dayBefore } from '../../calendar/local-days.js';
import { BegunDays, Establishments } from '../../establishments/index.js';
import { bilingual } from '../../shared/text/bilingual.js';
import { line } from '../../platform/text-schema.js';
import {
  groupings,
  KnownOfReports,
  maxReportDays,
  ownScope,
  ReadReport,
  ReportedTickets,
  reports,
  selectionOf,
  reportLabels,
} from '../../reports/index.js';
import { PageFrame } from '../page/page-frame.js';
import { languageQuery } from '../page/page-language.js';
import { PageProblemFilter } from '../page/problems/page-problem.filter.js';
import type { ChosenReport } from './addresses.js';
import { reportsMain } from './reports.page.js';

const daysShown = 30;

/** A form sends an empty value for each field that was left empty. */
const filledIn = (query: unknown): unknown =>
  Object.fromEntries(Object.entries(query as object).filter(([, value]) => value !== ''));

const pageQuery = z.preprocess(
  filledIn,
  languageQuery
    .extend({
      report: z.enum(reports).default('responses'),
      from: daySchema.optional(),
      to: daySchema.optional(),
      by: z.enum(groupings).optional(),
      establishment: line(200).optional(),
    })
    .refine(({ from, to }) => !from || !to || (from <= to && countDays(from, to) <= maxReportDays), {
      path: ['to'],
      error: () =>
        bilingual({
          fr: `de 1 à ${maxReportDays} jours dès «from»`,
          en: `1 to ${maxReportDays} days from «from» on`,
        }),
    }),
);
type PageQuery = z.output<typeof pageQuery>;

/** The reports as a page, for team leads and producers. */
@ApiExcludeController()
@UseFilters(PageProblemFilter)
@ShowsNoTicket('sums alone')
@Controller('rapports')
export class ReportsPageController {
  constructor(
    private readonly queries: QueryBus,
    private readonly known: KnownOfReports,
    private readonly establishments: Establishments,
    private readonly begun: BegunDays,
    private readonly progress: FiguresProgress,
    private readonly frame: PageFrame,
  ) {}

  @Get()
  @Requires('reports:read')
  async page(
    @Query({ schema: pageQuery }) query: PageQuery,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const visit = this.frame.visit(request, reply, principal, query);
    const { establishments, begun } = this;
    const chosen = this.chosen(query);
    const selection = selectionOf(chosen.report, chosen, { principal, establishments, begun });
    const known = await this.known.of({});
    const [behind, read] = await Promise.all([
      this.progress.behind([ReportedTickets]),
      this.queries.execute(new ReadReport(selection, known, chosen.by)),
    ]);
    const scope = ownScope(principal);
    const shown = {
      ...{
        chosen,
        read,
        at: known.at,
        behind,
        newest: begun.newest(),
        timeZone: establishments.reportingTimeZone,
      },
      establishments: establishments.all.filter(({ code }) => scope === 'all' || scope.includes(code)),
    };
    return this.frame.send(visit, {
      title: reportLabels[chosen.report][visit.language],
      here: 'reports',
      main: reportsMain(shown, visit.language),
    });
  }

  /** The last 30 days by team, unless the form says otherwise; whoever takes everything out of it gets the total alone. */
  private chosen({ report, from, to, by, establishment: name }: PageQuery): ChosenReport {
    const last = to ?? this.frame.today();
    const establishment = name === undefined ? undefined : (this.establishments.find(name)?.code ?? name);
    const divided = from === undefined && to === undefined ? (by ?? 'team') : by;
    return {
      ...{ report, to: last, from: from ?? dayBefore(last, daysShown - 1), establishment },
      by: report === 'ageing' && divided === 'day' ? undefined : divided,
    };
  }
}
