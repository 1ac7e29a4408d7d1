import type { FormattedTable } from '../../platform/tables/table.js';
import { referenceOf } from '../../shared/ticket-reference.js';
import { categoryLabels } from '../../shared/vocabulary.js';
import { groupingLabels, reportedTicketLabels, reportLabels } from '../labels.js';
import type { ReportedTicket } from '../queries/read-report-tickets.js';
import type { Report } from '../report.js';

/** The tickets behind a report as a table: a ticket has no title here, as in the answer in JSON. */
export const reportTicketsTable = (
  report: Report,
  items: readonly ReportedTicket[],
  timeZone: string,
): FormattedTable => {
  const labels = reportedTicketLabels;
  const moment = { kind: 'instant', timeZone } as const;
  const { fr, en } = labels.duration;
  return {
    title: { fr: `${reportLabels[report].fr} – billets`, en: `${reportLabels[report].en} – tickets` },
    sheet: labels.tickets,
    columns: [
      { name: 'reference', heading: labels.reference },
      { name: 'establishment', heading: groupingLabels.establishment },
      { name: 'team', heading: groupingLabels.team },
      { name: 'category', heading: groupingLabels.category, labels: categoryLabels },
      { name: 'openedAt', heading: labels.openedAt, ...moment },
      { name: 'beganAt', heading: labels.beganAt, ...moment },
      { name: 'endedAt', heading: labels.endedAt, ...moment },
      { name: 'seconds', heading: { fr: `${fr} (s)`, en: `${en} (s)` } },
    ],
    groups: [
      {
        rows: items.map(
          ({ ticketId, establishment, team, category, openedAt, beganAt, endedAt, seconds }) => [
            ...[referenceOf(ticketId), establishment, team, category],
            ...[openedAt, beganAt, endedAt, seconds],
          ],
        ),
      },
    ],
  };
};
