import { stringify } from 'csv-stringify/sync';
import type { Language } from '../../shared/text/text.js';
import { rowForPeople } from './spreadsheet-row.js';
import { rowsWithTotals, type FormattedTable } from './table.js';

export const csvType = 'text/csv';

/** How CSV is written: by the RFC, for programs, or so that Excel opens it right where the list separator is a semicolon. */
export const dialects = ['rfc4180', 'excel'] as const;
export type Dialect = (typeof dialects)[number];

/** Excel takes a file without it for one of the Windows code page. */
const byteOrderMark = '\uFEFF';

/**
 * CSV in UTF-8. A text that a spreadsheet would take for a formula gets an apostrophe in front; numbers stay numbers. In Excel's dialect
 * it begins with a byte order mark, has semicolons between cells, headings in the reader's language, and their decimal mark.
 */
export const csvOf = (table: FormattedTable, dialect: Dialect, language: Language): string =>
  dialect === 'excel' ? excelCsvOf(table, language) : rfcCsvOf(table);

/** CSV by RFC 4180: columns, codes and instants as in the JSON. */
const rfcCsvOf = (table: FormattedTable): string =>
  linesOf([table.columns.map(({ name }) => name), ...rowsWithTotals(table)], { separator: ',', point: '.' });

const excelCsvOf = (table: FormattedTable, language: Language): string => {
  const { columns } = table;
  const headings = columns.map(({ heading }) => heading[language]);
  const rows = rowsWithTotals(table).map((row) => rowForPeople(row, columns, language));
  const marks = { separator: ';', point: language === 'fr' ? ',' : '.' };
  return byteOrderMark + linesOf([headings, ...rows], marks);
};

const linesOf = (
  lines: readonly (readonly unknown[])[],
  { separator, point }: { separator: string; point: string },
): string =>
  stringify(lines as unknown[][], {
    delimiter: separator,
    record_delimiter: '\r\n',
    escape_formulas: true,
    cast: { number: (value) => ({ value: String(value).replace('.', point), escape_formulas: false }) },
  });
