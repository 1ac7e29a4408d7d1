import type { Cell, Column } from '../../platform/tables/table.js';
import type { Behind } from '../queries/behind.js';

/** What an answer says of figures that are incomplete or behind the log; absent where they are neither. */
export interface Cautioned {
  incomplete?: number | undefined;
  behind?: Behind | undefined;
}

const cautions: readonly { column: Column; valueOf: (answer: Cautioned) => Cell | undefined }[] = [
  {
    column: {
      name: 'incomplete',
      heading: { fr: 'Billets comptés en partie', en: 'Tickets counted in part' },
    },
    valueOf: ({ incomplete }) => incomplete,
  },
  {
    column: { name: 'behindEvents', heading: { fr: 'Événements à compter', en: 'Events to be counted' } },
    valueOf: ({ behind }) => behind?.events,
  },
  {
    column: { name: 'behindSeconds', heading: { fr: 'Retard (s)', en: 'Behind (s)' } },
    valueOf: ({ behind }) => behind?.seconds,
  },
];

/** The cautions that one of the answers has: their columns, and what stands in them for each answer. */
export const cautionColumns = (
  answers: readonly Cautioned[],
): { columns: Column[]; cellsOf: (answer: Cautioned) => Cell[] } => {
  const shown = cautions.filter(({ valueOf }) => answers.some((answer) => valueOf(answer) !== undefined));
  return {
    columns: shown.map(({ column }) => column),
    cellsOf: (answer) => shown.map(({ valueOf }) => valueOf(answer) ?? null),
  };
};
