import { z } from 'zod';
import { writtenInstant } from '../../platform/database/written-instant.js';
import { categories, priorities, relations, resolutionCodes } from '../../tickets/domain/ticket.events.js';
import { codesOf, statusLabels } from '../../shared/vocabulary.js';
import type { ListedStatus, TicketChange } from '../ticket-change.js';

export const statuses = codesOf(statusLabels);

/** What `active` stands for. */
export const listedActiveStatuses: readonly ListedStatus[] = ['open', 'in-progress', 'waiting'];

const instantText = z.iso.datetime();

/** A ticket as the desk lists it: the same fields as the ticket read alone, which a contract test sees to. */
export const listedTicketSchema = z
  .object({
    ticketId: z.guid(),
    establishment: z.string(),
    site: z.string().nullable(),
    title: z.string(),
    description: z.string().nullable(),
    category: z.enum(categories),
    priority: z.enum(priorities),
    location: z.string().nullable(),
    status: z.enum(statuses),
    team: z.string().nullable(),
    assignee: z.string().nullable(),
    openedAt: instantText.describe('When it happened, as counted'),
    updatedAt: instantText.describe('When the newest event was recorded'),
    resolvedAt: instantText.nullable().describe('While it is resolved or closed'),
    resolution: z.object({ code: z.enum(resolutionCodes), note: z.string() }).nullable(),
    mergedInto: z.guid().nullable(),
    links: z.array(z.object({ to: z.guid(), relation: z.enum(relations) })),
    revision: z.int(),
  })
  .meta({ id: 'ListedTicket' });

export type ListedTicket = z.output<typeof listedTicketSchema>;

export const ticketColumns = `ticket_id, establishment, site, title, description, category, priority, location, status, team,
  assignee, opened_at, updated_at, resolved_at, resolution, merged_into, links, revision, position`;

const fields: Readonly<Record<keyof ListedTicket, string>> = {
  ticketId: 'ticket_id',
  establishment: 'establishment',
  site: 'site',
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

/** A ListedTicket as JSON, as SQL over `ticketColumns`. */
export const ticketJson = `(
  SELECT row_to_json(listed)::text
    FROM (SELECT ${Object.entries(fields)
      .map(([field, value]) => `${value} AS "${field}"`)
      .join(', ')}) AS listed)`;

/** A ListedTicket from all the changes of a ticket, taken together from its opening on. */
export const ticketOfChanges = (ticketId: string, changes: TicketChange): ListedTicket => {
  const { at, title, category, priority, status, openedAt, links, updatedAt, revision } = changes;
  if (!(at && title !== undefined && category && priority && status && openedAt && links)) {
    throw new Error(`the changes of ${ticketId} do not begin with its opening`);
  }
  const {
    description = null,
    location = null,
    team = null,
    assignee = null,
    resolved,
    mergedInto = null,
  } = changes;
  return {
    ticketId,
    establishment: at.establishment,
    site: at.site ?? null,
    ...{ title, description, category, priority, location, status, team, assignee, openedAt, updatedAt },
    resolvedAt: resolved?.at ?? null,
    resolution: resolved?.resolution ?? null,
    mergedInto,
    links: [...links],
    revision,
  };
};
