import type { Cell, FormattedTable } from '../../platform/tables/table.js';
import { countedFigures, type Figures } from '../figures.js';
import type { Behind } from '../queries/behind.js';

/** The figures of a day for each establishment and in total; absent for a day that has not begun. */
export interface DayRowOfTable {
  date: string;
  total?: Figures;
  establishments?: readonly (Figures & { code: string; name: string })[];
  incomplete?: number;
  behind?: Behind;
}

const figureColumns = [...countedFigures, 'backlog'] as const;

/** What the JSON says of incomplete figures: one column each, present only if one of the days has a value. */
const cautions: Readonly<Record<string, (day: DayRowOfTable) => Cell | undefined>> = {
  incomplete: ({ incomplete }) => incomplete,
  behindEvents: ({ behind }) => behind?.events,
  behindSeconds: ({ behind }) => behind?.seconds,
};

/**
 * The figures as a table: one row for each day and establishment, then the day's total with an empty code. Columns are named as
 * in the JSON. A day without figures has empty cells.
 */
export const dayFiguresTable = (days: readonly DayRowOfTable[]): FormattedTable => {
  const shown = Object.entries(cautions).filter(([, of]) => days.some((day) => of(day) !== undefined));
  return {
    name: 'billets-quotidiens',
    columns: ['date', 'establishment', 'name', ...figureColumns, ...shown.map(([name]) => name)],
    rows: days.flatMap((day) => {
      const { date, total, establishments = [] } = day;
      const cautioned = shown.map(([, of]) => of(day) ?? null);
      return [
        ...establishments.map((figures) => [
          ...[date, figures.code, figures.name],
          ...cellsOf(figures),
          ...cautioned,
        ]),
        [date, '', 'Total', ...cellsOf(total), ...cautioned],
      ];
    }),
  };
};

const cellsOf = (figures: Figures | undefined): Cell[] =>
  figureColumns.map((figure) => figures?.[figure] ?? null);
