import { raw } from '../../platform/database/sql.js';
import { referenceBits, referenceDigits, referenceLength } from '../../shared/ticket-reference.js';
import { writtenInstant } from '../../platform/database/written-instant.js';
import { ticketViewOf, type TicketView } from '../../tickets/index.js';
import { watchersIn, type TicketChange } from '../ticket-change.js';

export const ticketColumns = `ticket_id, establishment, site, title, description, category, priority, location, status, team,
  assignee, opened_at, updated_at, resolved_at, resolution, merged_into, links, revision, position, requester, watchers, attachments`;

/**
 * An SQL expression of the reference of a ticket's id, as `referenceOf` writes it. It is no column: rows that an older version made are
 * listed as well, and those of millions of tickets stay as short as they are.
 */
function writtenReference(ticketId: string): string {
  const bits = `('x' || right(${ticketId}::text, ${referenceBits / 4}))::bit(${referenceBits})::bigint`;
  const digits = Array.from({ length: referenceLength }, (_, at) => {
    const shift = referenceBits - (at + 1) * (referenceBits / referenceLength);
    return `substr('${referenceDigits}', (bits >> ${shift} & 31)::integer + 1, 1)`;
  });
  const [first, second] = [digits.slice(0, referenceLength / 2), digits.slice(referenceLength / 2)];
  return `(SELECT concat(${first.join(', ')}, '-', ${second.join(', ')}) FROM (SELECT ${bits} AS bits) AS id)`;
}

const fields: Readonly<Record<keyof TicketView, string>> = {
  ticketId: 'ticket_id',
  establishment: 'establishment',
  site: 'site',
  reference: writtenReference('ticket_id'),
  title: 'title',
  description: 'description',
  category: 'category',
  priority: 'priority',
  location: 'location',
  requester: 'requester',
  status: 'status',
  team: 'team',
  assignee: 'assignee',
  watchers: 'coalesce(cardinality(watchers), 0)',
  openedAt: writtenInstant('opened_at'),
  updatedAt: writtenInstant('updated_at'),
  resolvedAt: writtenInstant('resolved_at'),
  resolution: 'resolution',
  mergedInto: 'merged_into',
  links: 'links',
  revision: 'revision',
  attachments: 'coalesce(attachments, 0)',
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
    requester: changes.requester ?? null,
    team: changes.team ?? null,
    assignee: changes.assignee ?? null,
    watchers: watchersIn(changes, true).length,
    resolvedAt: changes.resolved?.at ?? null,
    resolution: changes.resolved?.resolution ?? null,
    mergedInto: changes.mergedInto ?? null,
    attachments: changes.attachments ?? 0,
  });
};
