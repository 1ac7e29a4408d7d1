import type { Text } from '../../shared/text/text.js';

/** A cell; null is an empty one. Days and instants are texts in ISO 8601. */
export type Cell = string | number | null;

/** What a column's cells are, where a spreadsheet has something better than their text: a date, a date with its time, a percentage. */
export type ColumnKind = 'day' | 'instant' | 'share';

export interface Column {
  /** Its name in the contract. */
  name: string;
  /** Its heading for people. */
  heading: Text;
  kind?: ColumnKind;
  /** The zone by whose clock people read its instants; UTC unless told. */
  timeZone?: string;
  /** The codes that stand in its cells, as people read them. */
  labels?: Readonly<Record<string, Text>>;
  /** It says which row of a group this is, and so nothing of a total. */
  ofRows?: boolean;
}

export type Row = readonly Cell[];

/** Rows, and the total of them where there is one. */
interface RowGroup {
  rows: readonly Row[];
  total?: Row;
}

/** What a spreadsheet is made of; every row and total has a cell for each column. */
export interface FormattedTable {
  /** The title of the document. */
  title: Text;
  /** The name of the sheet with the rows: at most 31 characters, none of `[]:*?/\`. */
  sheet: Text;
  columns: readonly Column[];
  groups: readonly RowGroup[];
}

/** All rows in their order, each group's total after it. */
export const rowsWithTotals = ({ groups }: FormattedTable): Row[] =>
  groups.flatMap(({ rows, total }) => (total === undefined ? rows : [...rows, total]));
