import { Module } from '@nestjs/common';
import { BilletsQuotidiensModule } from '../billets-quotidiens/index.js';
import { ReportAnswers } from './http/report-answers.js';
import { ReportTicketsController } from './http/report-tickets.controller.js';
import { ReportsController } from './http/reports.controller.js';
import { KnownOfReports } from './queries/known-of-reports.js';
import { ReadCategoryDaysHandler } from './queries/read-category-days.js';
import { ReadReportHandler } from './queries/read-report.js';
import { ReadReportTicketsHandler } from './queries/read-report-tickets.js';

/** What team leads ask: how fast tickets are answered and resolved, how old they are, how many come back. */
@Module({
  imports: [BilletsQuotidiensModule],
  controllers: [ReportsController, ReportTicketsController],
  providers: [
    KnownOfReports,
    ReadCategoryDaysHandler,
    ReadReportHandler,
    ReadReportTicketsHandler,
    ReportAnswers,
  ],
  exports: [KnownOfReports],
})
export class ReportsModule {}
