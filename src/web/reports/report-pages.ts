import { ReportTicketsPageController } from './report-tickets.controller.js';
import { ReportsPageController } from './reports-page.controller.js';

export const reportControllers = [ReportsPageController, ReportTicketsPageController];
