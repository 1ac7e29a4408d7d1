/** What the rest of the product may use of reports; nothing else of it is imported from outside. */
export {
  narrowedQuery,
  narrowingOf,
  narrowingShape,
  ticketsPlaceOf,
  ticketsCursor,
  type TicketsPlace,
} from './http/report-tickets.query.js';
export { maxReportDays, ownScope, selectionOf } from './http/reports.query.js';
export {
  groupingLabels,
  measureLabels,
  reportedTicketLabels,
  reportLabels,
  withoutTeamLabel,
} from './labels.js';
export { ReportedTickets } from './projections/reported-tickets.projection.js';
export { KnownOfReports } from './queries/known-of-reports.js';
export { ReadCategoryDays } from './queries/read-category-days.js';
export { type ReadReportAnswer, type ReportSums, ReadReport } from './queries/read-report.js';
export { ReadReportTickets, type ReportedTicket } from './queries/read-report-tickets.js';
export { type Grouping, groupings, type Part, type Report, reports } from './report.js';
export { ReportsModule } from './reports.module.js';
export { type CategoryDayRow } from './sql/select-category-days.js';
