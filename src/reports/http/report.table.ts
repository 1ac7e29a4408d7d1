import { cautionColumns, type Cautioned } from '../../billets-quotidiens/index.js';
import { dateIn } from '../../calendar/formatting.js';
import type { Day } from '../../calendar/local-days.js';
import type { Cell, Column, FormattedTable, Row } from '../../platform/tables/table.js';
import type { Language, Text } from '../../shared/text/text.js';
import { groupingLabels, measureLabels, reportLabels } from '../labels.js';
import type { Grouping, Report } from '../report.js';
import type { MeasuresOf } from './measures.js';

type AnyMeasures = MeasuresOf[Report];

/** What a table shows of a report. */
export interface ReportOfTable extends Cautioned {
  report: Report;
  from: Day;
  to: Day;
  by: Grouping | null;
  total: AnyMeasures;
  groups: readonly (AnyMeasures & { code: string | null; name: string })[];
}

/** The measures as cells by the names of the JSON; the classes of ages have a column each. */
const cellsOf = (measures: AnyMeasures): [string, Cell][] =>
  Object.entries(measures).flatMap(([name, value]): [string, Cell][] =>
    typeof value === 'object' && value !== null
      ? Object.entries(value as Record<string, number>)
      : [[name, value as Cell]],
  );

const inSeconds = ({ fr, en }: Text): Text => ({ fr: `${fr} (s)`, en: `${en} (s)` });
const headings: Readonly<Record<string, Text>> = {
  ...measureLabels,
  medianSeconds: inSeconds(measureLabels.median),
  p90Seconds: inSeconds(measureLabels.p90),
};

const measureColumn = (name: string): Column => {
  const heading = headings[name];
  if (!heading) throw new Error(`the measure ${name} has no heading`);
  return { name, heading, ...(name === 'rate' ? { kind: 'share' } : {}) };
};

/** What the rows are of: the code of a group, and its name. */
const groupColumns = (by: Grouping | null): Column[] => [
  {
    name: by ?? 'group',
    heading: by === 'day' ? groupingLabels.day : { fr: 'Code', en: 'Code' },
    ofRows: true,
    ...(by === 'day' ? { kind: 'day' } : {}),
  },
  {
    name: 'name',
    heading: by === null || by === 'day' ? { fr: 'Nom', en: 'Name' } : groupingLabels[by],
    ofRows: true,
  },
];

/** A report as a table: one row for each group, then the total with an empty code. Columns are named as in the JSON. */
export const reportTable = (answer: ReportOfTable): FormattedTable => {
  const { report, by, total, groups } = answer;
  const cautions = cautionColumns([answer]);
  const rowOf = (code: string, name: string, measures: AnyMeasures): Row => [
    ...[code, name],
    ...cellsOf(measures).map(([, cell]) => cell),
    ...cautions.cellsOf(answer),
  ];
  return {
    title: { fr: titleIn('fr', answer), en: titleIn('en', answer) },
    sheet: reportLabels[report],
    columns: [
      ...groupColumns(by),
      ...cellsOf(total).map(([name]) => measureColumn(name)),
      ...cautions.columns,
    ],
    groups: [
      {
        rows: groups.map(({ code, name, ...measures }) => rowOf(code ?? '', name, measures)),
        total: rowOf('', 'Total', total),
      },
    ],
  };
};

const titleIn = (language: Language, { report, from, to }: ReportOfTable): string => {
  const days = [...new Set([from, to])].map((day) => dateIn(language, day));
  return `${reportLabels[report][language]} – ${days.join(' – ')}`;
};
