import type { Behind } from '../../billets-quotidiens/index.js';
import type { Cell, FormattedTable } from '../../platform/tables/table.js';
import type { MeasuresOf } from './measures.js';
import type { Grouping, Report } from '../report.js';

type AnyMeasures = MeasuresOf[Report];

/** What a table shows of a report. */
export interface ReportOfTable {
  report: Report;
  by: Grouping | null;
  total: AnyMeasures;
  groups: readonly (AnyMeasures & { code: string | null; name: string })[];
  incomplete?: number | undefined;
  behind?: Behind | undefined;
}

/** The measures as cells by the names of the JSON; the classes of ages have a column each. */
const cellsOf = (measures: AnyMeasures): [string, Cell][] =>
  Object.entries(measures).flatMap(([name, value]): [string, Cell][] =>
    typeof value === 'object' && value !== null
      ? Object.entries(value as Record<string, number>)
      : [[name, value as Cell]],
  );

/**
 * A report as a table: one row for each group, then the total with an empty code. Columns are named as in the JSON. What the JSON says
 * of a report that is incomplete or behind has a column each, present only where it says so.
 */
export const reportTable = ({
  report,
  by,
  total,
  groups,
  incomplete,
  behind,
}: ReportOfTable): FormattedTable => {
  const cautions = Object.entries({
    ...(incomplete === undefined ? {} : { incomplete }),
    ...(behind === undefined ? {} : { behindEvents: behind.events, behindSeconds: behind.seconds }),
  });
  const rowOf = (code: string, name: string, measures: AnyMeasures): Cell[] => [
    ...[code, name],
    ...cellsOf(measures).map(([, cell]) => cell),
    ...cautions.map(([, cell]) => cell),
  ];
  const names = [...cellsOf(total), ...cautions].map(([name]) => name);
  return {
    name: report,
    columns: [by ?? 'group', 'name', ...names],
    rows: [
      ...groups.map(({ code, name, ...measures }) => rowOf(code ?? '', name, measures)),
      rowOf('', 'Total', total),
    ],
  };
};
