import type { Cell, Table } from '../../platform/tables/table.js';
import { countedFigures, type Figures } from '../figures.js';

/** The figures of a day, of each establishment and in total; none of a day that has not begun. */
export interface TabledDay {
  date: string;
  total?: Figures;
  establishments?: readonly (Figures & { code: string; name: string })[];
}

const figureColumns = [...countedFigures, 'backlog'] as const;

/** One row a day and establishment, then the day's total with an empty code; columns are named as in the JSON. A day without figures has empty cells. */
export const tableOfFigures = (days: readonly TabledDay[]): Table => ({
  name: 'billets-quotidiens',
  columns: ['date', 'establishment', 'name', ...figureColumns],
  rows: days.flatMap(({ date, total, establishments = [] }) => [
    ...establishments.map((figures) => [date, figures.code, figures.name, ...cellsOf(figures)]),
    [date, '', 'Total', ...cellsOf(total)],
  ]),
});

const cellsOf = (figures: Figures | undefined): Cell[] =>
  figureColumns.map((figure) => figures?.[figure] ?? null);
