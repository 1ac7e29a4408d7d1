import { stringify } from 'csv-stringify/sync';
import type { FormattedTable } from './table.js';

export const csvType = 'text/csv';

/** CSV by RFC 4180, in UTF-8. A text that a spreadsheet would take for a formula gets an apostrophe in front; numbers stay numbers. */
export const csvOf = ({ columns, rows }: FormattedTable): string =>
  stringify([columns, ...rows] as unknown[][], {
    record_delimiter: '\r\n',
    escape_formulas: true,
    cast: { number: (value) => ({ value: String(value), escape_formulas: false }) },
  });
