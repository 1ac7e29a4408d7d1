import { Temporal } from 'temporal-polyfill';
import type { Language } from '../../shared/text/text.js';
import type { Cell, Column, Row } from './table.js';

/** A row as people read it: labels instead of codes, and instants by a clock, as `2026-05-15 08:12:33`. */
export const rowForPeople = (row: Row, columns: readonly Column[], language: Language): Cell[] =>
  columns.map((column, index) => cellForPeople(row[index] ?? null, column, language));

const cellForPeople = (cell: Cell, { kind, labels, timeZone = 'UTC' }: Column, language: Language): Cell => {
  if (typeof cell !== 'string') return cell;
  if (labels && Object.hasOwn(labels, cell)) return labels[cell]?.[language] ?? cell;
  if (kind !== 'instant') return cell;
  const local = Temporal.Instant.from(cell).toZonedDateTimeISO(timeZone).toPlainDateTime();
  return local.toString({ smallestUnit: 'second' }).replace('T', ' ');
};
