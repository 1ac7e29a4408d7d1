import type { Line, Run } from './markdown-lines.js';

/** Longer texts in cells are no data: tables also lay out letters. */
const maxCellLength = 200;

const lengthOf = (lines: readonly Line[]): number =>
  lines.reduce((sum, { runs }) => sum + runs.reduce((length, { text }) => length + text.length, 0), 0);
const isData = (lines: readonly Line[]): boolean =>
  lengthOf(lines) <= maxCellLength && lines.every(({ mark, isRow }) => mark === undefined && !isRow);

const plain = (text: string): Run => ({ text, isBold: false, link: undefined });

/**
 * The line of a row by the lines of its cells: «Nom : 5», or «Nom | 5 | 6» where there are more. Where a cell has a list, a table or a
 * long text, or is alone, each line of it stays one.
 */
export const lineOfRow = (cells: readonly (readonly Line[])[], level: number): Line[] => {
  const last = cells.findLastIndex((lines) => lines.length > 0);
  const shown = cells.slice(0, last + 1);
  if (shown.filter((lines) => lines.length > 0).length < 2 || !shown.every(isData)) return shown.flat();
  const runs = shown.flatMap((lines, at) => [
    ...(at === 0 ? [] : [plain(separatorBehind(shown[at - 1] ?? [], shown.length))]),
    ...lines.flatMap((line, index) => (index === 0 ? line.runs : [plain(' '), ...line.runs])),
  ]);
  return [{ level, mark: undefined, isRow: true, runs }];
};

const separatorBehind = (lines: readonly Line[], cells: number): string => {
  if (cells > 2) return ' | ';
  const label = (lines.at(-1)?.runs ?? []).map(({ text }) => text).join('');
  return /:\s*$/.test(label) ? ' ' : ' : ';
};
