import type { FigureColumn } from '../page/figures-table.js';

/** All figures of a day in the order in which they are shown, each with its word: those of the bulletin first, for a narrow screen. */
export const figureColumns = [
  ['opened', 'opened'],
  ['resolved', 'resolved'],
  ['resolvedSameDay', 'resolvedSameDay'],
  ['backlog', 'backlogAtMidnight'],
  ['reopened', 'reopened'],
  ['cancelled', 'cancelled'],
  ['merged', 'merged'],
  ['transferredIn', 'transferredIn'],
  ['transferredOut', 'transferredOut'],
] as const satisfies readonly FigureColumn[];

export type Figure = (typeof figureColumns)[number][0];
export const dayFigures = figureColumns.map(([figure]) => figure);
export const wordOf = Object.fromEntries(figureColumns) as {
  [Each in (typeof figureColumns)[number] as Each[0]]: Each[1];
};
