import type { FormattedTable } from './table.js';

export const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** In characters. */
const maxWidth = 48;

/** A workbook of one sheet. Texts are stored as texts, which no spreadsheet reads as formulas, and numbers as numbers. */
export const xlsxOf = async ({ name, columns, rows }: FormattedTable): Promise<Buffer> => {
  // exceljs takes 0.3 s to load, so it is loaded at the first use and not when the server starts.
  const { default: ExcelJS } = await import('exceljs');
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 1 }] });
  sheet.addRows([columns, ...rows].map((row) => [...row]));
  sheet.getRow(1).font = { bold: true };
  columns.forEach((column, index) => {
    const lengths = rows.map((row) => String(row[index] ?? '').length);
    sheet.getColumn(index + 1).width = Math.min(maxWidth, Math.max(column.length, ...lengths) + 2);
  });
  return Buffer.from(await workbook.xlsx.writeBuffer());
};
