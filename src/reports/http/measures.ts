import type { Report } from '../report.js';
import type { ReportSums } from '../queries/read-report.js';

const rateOf = (part: number, of: number): number | null =>
  of === 0 ? null : Math.round((part / of) * 10_000) / 10_000;

const percentilesOf = ({ medianSeconds, p90Seconds }: ReportSums) => ({ medianSeconds, p90Seconds });

const measures = {
  responses: (sums: ReportSums) => ({
    ...{ tickets: sums.tickets, answered: sums.timed },
    ...percentilesOf(sums),
  }),
  resolutions: (sums: ReportSums) => ({
    ...{ opened: sums.opened, resolved: sums.tickets },
    ...percentilesOf(sums),
  }),
  ageing: (sums: ReportSums) => ({
    ...{ tickets: sums.tickets, byAge: sums.byAge },
    ...percentilesOf(sums),
  }),
  reopened: (sums: ReportSums) => ({
    ...{ resolved: sums.tickets, reopened: sums.timed, rate: rateOf(sums.timed, sums.tickets) },
    ...percentilesOf(sums),
  }),
} satisfies Record<Report, (sums: ReportSums) => object>;

export type MeasuresOf = { [Name in Report]: ReturnType<(typeof measures)[Name]> };

/** What a report shows of its sums, by the names of the contract. */
export const measuresOf = (report: Report, sums: ReportSums): MeasuresOf[Report] => measures[report](sums);
