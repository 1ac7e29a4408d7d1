import type { Cell, Column, FormattedTable } from '../../../platform/tables/table.js';
import { instant } from '../../../shared/instant.js';
import type { Text } from '../../../shared/text/text.js';
import { accessActionLabels } from '../../../shared/vocabulary.js';
import type { AccessRow } from '../storage/access-statements.js';

const yesOrNo: Readonly<Record<string, Text>> = {
  true: { fr: 'oui', en: 'yes' },
  false: { fr: 'non', en: 'no' },
};

const columnsIn = (timeZone: string): Column[] => [
  { name: 'at', heading: { fr: 'Quand', en: 'When' }, kind: 'instant', timeZone },
  { name: 'person', heading: { fr: 'Personne', en: 'Person' } },
  { name: 'roles', heading: { fr: 'Rôles', en: 'Roles' } },
  { name: 'action', heading: { fr: 'Quoi', en: 'What' }, labels: accessActionLabels },
  { name: 'ticketId', heading: { fr: 'Billet', en: 'Ticket' } },
  { name: 'establishment', heading: { fr: 'Établissement', en: 'Establishment' } },
  { name: 'count', heading: { fr: 'Nombre', en: 'Count' } },
  { name: 'refused', heading: { fr: 'Refusé', en: 'Refused' }, labels: yesOrNo },
  { name: 'client', heading: { fr: 'Logiciel', en: 'Client' } },
  { name: 'address', heading: { fr: 'Adresse', en: 'Address' } },
  { name: 'purpose', heading: { fr: 'Pourquoi', en: 'Why' } },
];

/** One row for each ticket of an access, so that a spreadsheet can filter by it; `ticket` is the one that was filtered by. */
export const accessesTable = (
  rows: readonly AccessRow[],
  { ticket, timeZone }: { ticket: string | undefined; timeZone: string },
): FormattedTable => ({
  title: { fr: 'Journal des accès', en: 'Access log' },
  sheet: { fr: 'Journal', en: 'Log' },
  columns: columnsIn(timeZone),
  groups: [{ rows: rows.flatMap((row) => rowsOf(row, ticket)) }],
});

const rowsOf = (row: AccessRow, ticket: string | undefined): Cell[][] => {
  const { at, person, roles, action, ticket_ids: ids, establishments, count, refused, client, address } = row;
  const before = [instant(at), person, roles.join(' '), action];
  const after = [count, String(refused), client, address, row.purpose];
  const shown = ids.map((id, index) => [id, establishments[index] ?? null] as const);
  const wanted = ticket === undefined ? shown : shown.filter(([id]) => id === ticket);
  return (wanted.length > 0 ? wanted : [[null, null] as const]).map((cells) => [
    ...before,
    ...cells,
    ...after,
  ]);
};
