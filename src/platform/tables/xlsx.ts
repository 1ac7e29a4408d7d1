import type { Workbook } from 'exceljs';
import type { Language, Text } from '../../shared/text/text.js';
import { rowForPeople } from './spreadsheet-row.js';
import type { Cell, Column, ColumnKind, FormattedTable, Row } from './table.js';

export const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** In characters. */
const maxWidth = 48;
const author = 'Billets quotidiens';
const totalSheet: Text = { fr: 'Total', en: 'Total' };

/** In the order of ISO, as in Quebec. */
const numberFormats: Record<ColumnKind, string> = {
  day: 'yyyy-mm-dd',
  instant: 'yyyy-mm-dd hh:mm:ss',
  share: '0.0 %',
};

/** A table, and the language of who opens it. */
export interface WorkbookTask {
  table: FormattedTable;
  language: Language;
}

/**
 * A workbook with the rows on one sheet and, where there are totals, those on another: what is filtered or summed there is counted
 * once. Texts are stored as texts, which no spreadsheet reads as formulas, numbers as numbers, and days as dates.
 */
export const xlsxOf = async ({ table, language }: WorkbookTask): Promise<Buffer> => {
  // exceljs takes 0.3 s to load, so it is loaded at the first use and not when the server starts.
  const { default: ExcelJS } = await import('exceljs');
  const workbook = new ExcelJS.Workbook();
  workbook.creator = author;
  workbook.lastModifiedBy = author;
  workbook.title = table.title[language];
  const { columns, groups, sheet } = table;
  addSheet(workbook, { name: sheet[language], columns, rows: groups.flatMap(({ rows }) => rows) }, language);
  const totals = groups.flatMap(({ total }) => (total === undefined ? [] : [total]));
  if (totals.length > 0) {
    const shown = columns.map(({ ofRows }) => ofRows !== true);
    const part = <Value>(values: readonly Value[]): Value[] => values.filter((_value, index) => shown[index]);
    const rows = totals.map(part);
    addSheet(workbook, { name: totalSheet[language], columns: part(columns), rows }, language);
  }
  return Buffer.from(await workbook.xlsx.writeBuffer());
};

const addSheet = (
  workbook: Workbook,
  { name, columns, rows }: { name: string; columns: readonly Column[]; rows: readonly Row[] },
  language: Language,
): void => {
  const sheet = workbook.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 1 }] });
  const headings = columns.map(({ heading }) => heading[language]);
  const shown = rows.map((row) => rowForPeople(row, columns, language));
  sheet.addRow(headings).font = { bold: true };
  sheet.addRows(shown.map((row) => row.map((cell, index) => stored(cell, columns[index]?.kind))));
  sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: rows.length + 1, column: columns.length } };
  columns.forEach(({ kind }, index) => {
    const column = sheet.getColumn(index + 1);
    const lengths = shown.map((row) => String(row[index] ?? '').length);
    // Room for the button of the filter, too.
    column.width = Math.min(maxWidth, Math.max((headings[index] ?? '').length + 2, ...lengths) + 2);
    if (kind !== undefined) column.numFmt = numberFormats[kind];
  });
};

/** A spreadsheet's dates have no zone: what its reader's clock shows is stored as it stands. */
const stored = (cell: Cell, kind: ColumnKind | undefined): Cell | Date =>
  (kind === 'day' || kind === 'instant') && typeof cell === 'string'
    ? new Date(`${cell.replace(' ', 'T')}${kind === 'day' ? 'T00:00:00' : ''}Z`)
    : cell;
