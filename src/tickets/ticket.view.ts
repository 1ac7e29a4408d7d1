import { z } from 'zod';
import { categories, priorities, resolutionCodes } from './domain/ticket.events.js';
import type { TicketSnapshot } from './repository/ticket-history.js';

const instantText = z.iso.datetime();

/** What `active` stands for. */
export const activeStatuses = ['open', 'in-progress', 'waiting'] as const;
export type ActiveStatus = (typeof activeStatuses)[number];

/** The ticket as outside programs read it. */
export const ticketSchema = z
  .object({
    ticketId: z.guid(),
    establishment: z.string(),
    site: z.string().nullable(),
    title: z.string(),
    description: z.string().nullable(),
    category: z.enum(categories),
    priority: z.enum(priorities),
    location: z.string().nullable(),
    status: z.enum([...activeStatuses, 'resolved', 'closed', 'cancelled', 'merged']),
    team: z.string().nullable(),
    assignee: z.string().nullable(),
    openedAt: instantText.describe('When it happened, as counted'),
    updatedAt: instantText.describe('When the newest event was recorded'),
    resolvedAt: instantText.nullable().describe('While it is resolved or closed'),
    resolution: z.object({ code: z.enum(resolutionCodes), note: z.string() }).nullable(),
    mergedInto: z.guid().nullable(),
    links: z.array(z.object({ to: z.guid(), relation: z.enum(['related', 'parent', 'duplicate']) })),
    revision: z.int(),
  })
  .meta({ id: 'Ticket' });

export type TicketView = z.output<typeof ticketSchema>;

/** Throws for a ticket that was never opened. */
export const ticketView = ({ ticketId, ticket, revision, updatedAt }: TicketSnapshot): TicketView => {
  if (ticket.status === 'unopened' || updatedAt === null) throw new Error(`${ticketId} was never opened`);
  const { title, description, category, priority, location, status, team, assignee } = ticket;
  const { resolvedAt, resolution, mergedInto, links } = ticket;
  return {
    ticketId,
    establishment: ticket.at.establishment,
    site: ticket.at.site ?? null,
    title,
    description,
    category,
    priority,
    location,
    status,
    team,
    assignee,
    openedAt: ticket.opened.occurredAt,
    updatedAt,
    resolvedAt,
    resolution,
    mergedInto,
    links: [...links],
    revision,
  };
};
