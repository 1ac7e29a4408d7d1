import { raw } from '../../platform/database/sql.js';
import { writtenInstant } from '../../platform/database/written-instant.js';
import { ticketViewOf, type TicketView } from '../../tickets/index.js';
import type { TicketChange } from '../ticket-change.js';

export const ticketColumns = `ticket_id, establishment, site, reference, title, description, category, priority, location, status, team,
  assignee, opened_at, updated_at, resolved_at, resolution, merged_into, links, revision, position`;

const fields: Readonly<Record<keyof TicketView, string>> = {
  ticketId: 'ticket_id',
  establishment: 'establishment',
  site: 'site',
  reference: 'reference',
  title: 'title',
  description: 'description',
  category: 'category',
  priority: 'priority',
  location: 'location',
  status: 'status',
  team: 'team',
  assignee: 'assignee',
  openedAt: writtenInstant('opened_at'),
  updatedAt: writtenInstant('updated_at'),
  resolvedAt: writtenInstant('resolved_at'),
  resolution: 'resolution',
  mergedInto: 'merged_into',
  links: 'links',
  revision: 'revision',
};

/** An SQL expression over `ticketColumns` that gives a ticket as it is answered, as JSON. */
export const ticketJson = raw(`(
  SELECT row_to_json(listed)::text
    FROM (SELECT ${Object.entries(fields)
      .map(([field, value]) => `${value} AS "${field}"`)
      .join(', ')}) AS listed)`);

/** The view of a ticket, from all its changes merged from its opening on. Throws where they do not begin with the opening. */
export const ticketOfChanges = (ticketId: string, changes: TicketChange): TicketView => {
  const { at, title, category, priority, status, openedAt, links, updatedAt, revision } = changes;
  if (!(at && title !== undefined && category && priority && status && openedAt && links)) {
    throw new Error(`the changes of ${ticketId} do not begin with its opening`);
  }
  return ticketViewOf({
    ...{ ticketId, at, title, category, priority, status, openedAt, links, updatedAt, revision },
    description: changes.description ?? null,
    location: changes.location ?? null,
    team: changes.team ?? null,
    assignee: changes.assignee ?? null,
    resolvedAt: changes.resolved?.at ?? null,
    resolution: changes.resolved?.resolution ?? null,
    mergedInto: changes.mergedInto ?? null,
  });
};
