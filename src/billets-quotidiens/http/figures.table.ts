import { dateIn } from '../../calendar/formatting.js';
import type { Cell, Column, FormattedTable } from '../../platform/tables/table.js';
import type { Language, Text } from '../../shared/text/text.js';
import { figureLabels } from '../../shared/vocabulary.js';
import { countedFigures, type Figures } from '../figures.js';
import { cautionColumns, type Cautioned } from './caution-columns.js';

/** The figures of a day for each establishment and in total; absent for a day that has not begun. */
interface DayOfTable extends Cautioned {
  date: string;
  total?: Figures;
  establishments?: readonly (Figures & { code: string; name: string })[];
}

const figureColumns = [...countedFigures, 'backlog'] as const;

const columns: readonly Column[] = [
  { name: 'date', heading: { fr: 'Jour', en: 'Day' }, kind: 'day' },
  { name: 'establishment', heading: { fr: 'Code', en: 'Code' }, ofRows: true },
  { name: 'name', heading: { fr: 'Établissement', en: 'Establishment' }, ofRows: true },
  ...figureColumns.map((name) => ({ name, heading: figureLabels[name] })),
];

/**
 * The figures as a table: for each day one row for each establishment, then its total with an empty code. Columns are named as in the
 * JSON. A day without figures has empty cells.
 */
export const dayFiguresTable = (days: readonly DayOfTable[]): FormattedTable => {
  const cautions = cautionColumns(days);
  return {
    title: { fr: titleIn('fr', days), en: titleIn('en', days) },
    sheet: daysSheet,
    columns: [...columns, ...cautions.columns],
    groups: days.map((day) => {
      const { date, total, establishments = [] } = day;
      const cautioned = cautions.cellsOf(day);
      return {
        rows: establishments.map((figures) => [
          ...[date, figures.code, figures.name],
          ...cellsOf(figures),
          ...cautioned,
        ]),
        total: [date, '', 'Total', ...cellsOf(total), ...cautioned],
      };
    }),
  };
};

const daysSheet: Text = { fr: 'Jours', en: 'Days' };

const titleIn = (language: Language, days: readonly DayOfTable[]): string => {
  const dates = [...new Set([days[0], days.at(-1)].flatMap((day) => (day ? [day.date] : [])))];
  return `Billets quotidiens – ${dates.map((date) => dateIn(language, date)).join(' – ')}`;
};

const cellsOf = (figures: Figures | undefined): Cell[] =>
  figureColumns.map((figure) => figures?.[figure] ?? null);
