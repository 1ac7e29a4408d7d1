import type { Part, Report, ReportSums } from '../../reports/index.js';
import { durationIn, numberIn, percentIn } from '../../calendar/formatting.js';
import type { Language } from '../../shared/text/text.js';
import type { ReportWord } from './words.js';

interface ReportColumn {
  word: ReportWord;
  /** null where there is nothing to show. */
  value: (sums: ReportSums) => number | null;
  shown: (language: Language, value: number) => string;
  /** The tickets that a count counts; none for what is no count. */
  tickets?: { report: Report; part?: Part };
}

const ofTickets = (column: ReportColumn, report: Report, part?: Part): ReportColumn => ({
  ...column,
  tickets: { report, ...(part === undefined ? {} : { part }) },
});

const count = (word: ReportWord, value: ReportColumn['value']): ReportColumn => ({
  ...{ word, value },
  shown: (language, number) => numberIn(language, number),
});
const duration = (word: ReportWord, value: ReportColumn['value']): ReportColumn => ({
  ...{ word, value },
  shown: (language, seconds) => durationIn(language, seconds * 1_000),
});

const median = duration('median', ({ medianSeconds }) => medianSeconds);
const percentiles = [median, duration('p90', ({ p90Seconds }) => p90Seconds)];
const tickets = count('tickets', (sums) => sums.tickets);
const resolved = count('resolved', (sums) => sums.tickets);
const rate: ReportColumn = {
  word: 'rate',
  value: (sums) => (sums.tickets === 0 ? null : (100 * sums.timed) / sums.tickets),
  shown: (language, percent) => percentIn(language, Math.round(percent * 10) / 10),
};
const ages = (['lt1d', 'd1to3', 'd3to7', 'gt7d'] as const).map((age) =>
  ofTickets(
    count(age, ({ byAge }) => byAge[age]),
    'ageing',
    age,
  ),
);

/** The columns of each report, and the one that its bars show. */
export const reportColumns: Record<Report, { columns: readonly ReportColumn[]; bar: ReportColumn }> = {
  responses: {
    columns: [
      ofTickets(tickets, 'responses'),
      ofTickets(
        count('answered', ({ timed }) => timed),
        'responses',
        'answered',
      ),
      ...percentiles,
    ],
    bar: median,
  },
  resolutions: {
    columns: [
      ofTickets(
        count('opened', ({ opened }) => opened),
        'responses',
      ),
      ofTickets(resolved, 'resolutions'),
      ...percentiles,
    ],
    bar: median,
  },
  ageing: { columns: [ofTickets(tickets, 'ageing'), ...ages, ...percentiles], bar: tickets },
  reopened: {
    columns: [
      ofTickets(resolved, 'reopened'),
      ofTickets(
        count('reopened', ({ timed }) => timed),
        'reopened',
        'reopened',
      ),
      rate,
      ...percentiles,
    ],
    bar: rate,
  },
};
