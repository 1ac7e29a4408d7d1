import type { Report } from '../../reports/index.js';
import { withQuery } from '../page/with-query.js';

/** The tickets of a report, or of one of its groups. */
export interface ReportGroup {
  report: Report;
  from: string;
  to: string;
  establishment?: string | undefined;
  category?: string | undefined;
  /** null: those without a team. */
  team?: string | null | undefined;
}

/** The address of the page with the tickets behind a report. */
export const reportTicketsAddress = ({ report, team, ...query }: ReportGroup, cursor?: string): string =>
  withQuery(`/rapports/${report}/billets`, {
    ...query,
    ...(team === null ? { withoutTeam: 'true' } : { team }),
    cursor,
  });
