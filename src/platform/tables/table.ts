/** null: empty. */
export type Cell = string | number | null;

/** Rows for a spreadsheet; every row has a cell for each column. */
export interface PrintedTable {
  /** Names the sheet: at most 31 characters, none of `[]:*?/\`. */
  name: string;
  columns: readonly string[];
  rows: readonly (readonly Cell[])[];
}
