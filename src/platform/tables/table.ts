/** A cell; null is an empty one. */
export type Cell = string | number | null;

/** Rows for a spreadsheet; every row has a cell for each column. */
export interface FormattedTable {
  /** The name of the sheet: at most 31 characters, none of `[]:*?/\`. */
  name: string;
  columns: readonly string[];
  rows: readonly (readonly Cell[])[];
}
