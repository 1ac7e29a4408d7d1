import type { FormattedTable } from '../../../platform/tables/table.js';
import { instant } from '../../../shared/instant.js';
import type { AccessRow } from '../storage/access-statements.js';

const columns = [
  ...['at', 'person', 'roles', 'action', 'ticketId', 'establishment'],
  ...['count', 'refused', 'client', 'address', 'purpose'],
];

/** One row for each ticket of an access, so that a spreadsheet can filter by it; `ticket` is the one that was filtered by. */
export const accessesTable = (rows: readonly AccessRow[], ticket: string | undefined): FormattedTable => ({
  name: 'Accesses',
  columns,
  rows: rows.flatMap((row) => {
    const {
      at,
      person,
      roles,
      action,
      ticket_ids: ids,
      establishments,
      count,
      refused,
      client,
      address,
    } = row;
    const before = [instant(at), person, roles.join(' '), action];
    const after = [count, String(refused), client, address, row.purpose];
    const shown = ids.map((id, index) => [id, establishments[index] ?? null] as const);
    const wanted = ticket === undefined ? shown : shown.filter(([id]) => id === ticket);
    return (wanted.length > 0 ? wanted : [[null, null] as const]).map((cells) => [
      ...before,
      ...cells,
      ...after,
    ]);
  }),
});
