import { describe, expect, it } from '@jest/globals';
import ExcelJS from 'exceljs';
import readSheets from 'read-excel-file/node';
import type { Language } from '../../shared/text/text.js';
import { csvOf } from './csv.js';
import type { Cell, Column, FormattedTable } from './table.js';
import { xlsxOf } from './xlsx.js';

const columns: readonly Column[] = [
  { name: 'day', heading: { fr: 'Jour', en: 'Day' }, kind: 'day' },
  {
    name: 'at',
    heading: { fr: 'Quand', en: 'When' },
    kind: 'instant',
    timeZone: 'America/Toronto',
  },
  { name: 'name', heading: { fr: 'Établissement', en: 'Establishment' }, ofRows: true },
  {
    ...{ name: 'state', heading: { fr: 'État', en: 'State' } },
    labels: { open: { fr: 'Ouvert', en: 'Open' } },
  },
  { name: 'count', heading: { fr: 'Nombre', en: 'Count' } },
  { name: 'rate', heading: { fr: 'Taux', en: 'Rate' }, kind: 'share' },
];

const row = (name: string, count: number): Cell[] => [
  ...['2026-05-15', '2026-05-15T22:00:00.900Z', name, 'open'],
  ...[count, 0.0256],
];

const table: FormattedTable = {
  title: { fr: 'Un essai', en: 'A trial' },
  sheet: { fr: 'Jours', en: 'Days' },
  columns,
  groups: [
    {
      rows: [row('Nord-de-l’Île-de-Montréal', 1107), row('une "citation"; et, une virgule', -3)],
      total: ['2026-05-15', null, 'Total', null, 1104, null],
    },
    { rows: [] },
    { rows: ['=1+1', '@SUM(A1)', '+1', '-1', '\t=1'].map((name, index) => row(name, index)) },
  ],
};

const asWorkbook = (language: Language, shown = table) => xlsxOf({ table: shown, language });

describe('a table as CSV by RFC 4180', () => {
  const lines = csvOf(table, 'rfc4180', 'fr').split('\r\n');

  it('begins with the names of its columns, and ends each line with CRLF', () => {
    expect(lines[0]).toBe('day,at,name,state,count,rate');
    expect(lines.at(-1)).toBe('');
    expect(lines).toHaveLength(10);
  });

  it('keeps accents, codes, instants and numbers, negative ones too', () => {
    expect(lines[1]).toBe('2026-05-15,2026-05-15T22:00:00.900Z,Nord-de-l’Île-de-Montréal,open,1107,0.0256');
    expect(lines[2]).toBe(
      '2026-05-15,2026-05-15T22:00:00.900Z,"une ""citation""; et, une virgule",open,-3,0.0256',
    );
    expect(lines[3]).toBe('2026-05-15,,Total,,1104,');
  });

  it('has no text that a spreadsheet would take for a formula', () => {
    expect(lines.slice(4, 9).map((line) => line.split(',')[2])).toEqual([
      ...["'=1+1", "'@SUM(A1)", "'+1", "'-1", "'\t=1"],
    ]);
  });
});

describe('a table as CSV in the dialect of Excel', () => {
  it('has in French a byte order mark, semicolons, headings, labels and commas in decimals', () => {
    const lines = csvOf(table, 'excel', 'fr').split('\r\n');
    expect(lines[0]).toBe('\uFEFFJour;Quand;Établissement;État;Nombre;Taux');
    expect(lines[1]).toBe('2026-05-15;2026-05-15 18:00:00;Nord-de-l’Île-de-Montréal;Ouvert;1107;0,0256');
    expect(lines[2]).toContain(';"une ""citation""; et, une virgule";Ouvert;-3;');
    expect(lines[3]).toBe('2026-05-15;;Total;;1104;');
    expect(lines[4]).toContain(";'=1+1;");
  });

  it('has in English the same, but for the language', () => {
    const [head, first] = csvOf(table, 'excel', 'en').split('\r\n');
    expect(head).toBe('\uFEFFDay;When;Establishment;State;Count;Rate');
    expect(first).toMatch(/;Open;1107;0\.0256$/);
  });
});

describe('a table as a workbook, read by a reader that did not write it', () => {
  it('has the rows on one sheet and the totals on another, with dates and numbers', async () => {
    const sheets = await readSheets(await asWorkbook('fr'));
    expect(sheets.map(({ sheet }) => sheet)).toEqual(['Jours', 'Total']);
    const [days, totals] = sheets.map(({ data }) => data);
    expect(days).toHaveLength(1 + 7);
    expect(days!.slice(0, 3)).toEqual([
      ['Jour', 'Quand', 'Établissement', 'État', 'Nombre', 'Taux'],
      [
        ...[new Date('2026-05-15T00:00:00Z'), new Date('2026-05-15T18:00:00Z')],
        ...['Nord-de-l’Île-de-Montréal', 'Ouvert', 1107, 0.0256],
      ],
      [
        ...[new Date('2026-05-15T00:00:00Z'), new Date('2026-05-15T18:00:00Z')],
        ...['une "citation"; et, une virgule', 'Ouvert', -3, 0.0256],
      ],
    ]);
    expect(days!.slice(3).map((cells) => cells[2]?.toString())).toEqual([
      ...['=1+1', '@SUM(A1)', '+1', '-1', '=1'],
    ]);
    expect(totals).toEqual([
      ['Jour', 'Quand', 'État', 'Nombre', 'Taux'],
      [new Date('2026-05-15T00:00:00Z'), null, null, 1104, null],
    ]);
  });

  it('may have no rows, and no totals', async () => {
    const sheets = await readSheets(await asWorkbook('en', { ...table, groups: [] }));
    expect(sheets).toEqual([
      { sheet: 'Days', data: [['Day', 'When', 'Establishment', 'State', 'Count', 'Rate']] },
    ]);
  });
});

describe('a workbook', () => {
  it('has a title, an author, headings that stay in view, and a filter for each column', async () => {
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load((await asWorkbook('fr')) as never);
    expect([workbook.title, workbook.creator]).toEqual(['Un essai', 'Billets quotidiens']);
    const [days, total] = workbook.worksheets;
    for (const sheet of [days, total])
      expect(sheet!.views).toMatchObject([{ state: 'frozen', ySplit: 1, topLeftCell: 'A2' }]);
    expect([days!.autoFilter, total!.autoFilter]).toEqual(['A1:F8', 'A1:E2']);
    expect(days!.getCell('A2').numFmt).toBe('yyyy-mm-dd');
  });
});
