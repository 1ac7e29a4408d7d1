import { describe, expect, it } from '@jest/globals';
import ExcelJS from 'exceljs';
import { csvOf } from './csv.js';
import type { FormattedTable } from './table.js';
import { xlsxOf } from './xlsx.js';

const table: FormattedTable = {
  name: 'essai',
  columns: ['name', 'count'],
  rows: [
    ['Nord-de-l’Île-de-Montréal', 1107],
    ['une "citation", et une virgule', -3],
    ['=1+1', 0],
    ['@SUM(A1)', 1],
    ['+1', 2],
    ['-1', 3],
    ['\t=1', 4],
  ],
};

const readBack = async (bytes: Buffer): Promise<unknown[][]> => {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(bytes as never);
  const rows: unknown[][] = [];
  workbook.worksheets[0]!.eachRow((row) => rows.push((row.values as unknown[]).slice(1)));
  return rows;
};

describe('a table as CSV', () => {
  const lines = csvOf(table).split('\r\n');

  it('begins with its columns, and ends each line with CRLF', () => {
    expect(lines[0]).toBe('name,count');
    expect(lines.at(-1)).toBe('');
    expect(lines).toHaveLength(table.rows.length + 2);
  });

  it('keeps accents and numbers, negative ones too', () => {
    expect(lines[1]).toBe('Nord-de-l’Île-de-Montréal,1107');
    expect(lines[2]).toBe('"une ""citation"", et une virgule",-3');
  });

  it('has no text that a spreadsheet would take for a formula', () => {
    expect(lines.slice(3, 8)).toEqual(["'=1+1,0", "'@SUM(A1),1", "'+1,2", "'-1,3", "'\t=1,4"]);
  });
});

describe('a table as a workbook', () => {
  it('gives back every cell: texts, numbers', async () => {
    expect(await readBack(await xlsxOf(table))).toEqual([
      [...table.columns],
      ...table.rows.map((row) => [...row]),
    ]);
  });

  it('may have no rows', async () => {
    expect(await readBack(await xlsxOf({ ...table, rows: [] }))).toEqual([[...table.columns]]);
  });
});
