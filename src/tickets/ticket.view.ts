import { z } from 'zod';
import { referenceOf } from '../shared/ticket-reference.js';
import { codesOf, statusLabels } from '../shared/vocabulary.js';
import {
  categories,
  priorities,
  relations,
  resolutionCodes,
  type Place,
  type Requester,
} from './domain/ticket.events.js';
import type { TicketSnapshot } from './repository/ticket-history.js';

const instantText = z.iso.datetime();

/** What people say on the telephone. */
export const referenceSchema = z
  .string()
  .describe('The last 40 bits of the id in Crockford’s base32, `K7M3-QX9P`; two tickets may share one');

/** Every status of a ticket, in the order of its life. */
export const statuses = codesOf(statusLabels);

/** The ticket as outside programs read it, by itself, in a list, a search or what has changed. */
export const ticketSchema = z
  .object({
    ticketId: z.guid(),
    establishment: z.string(),
    site: z.string().nullable(),
    reference: referenceSchema,
    title: z.string(),
    description: z.string().nullable(),
    category: z.enum(categories),
    priority: z.enum(priorities),
    location: z.string().nullable(),
    requester: z
      .object({ name: z.string(), contact: z.string().nullable() })
      .nullable()
      .describe('Who asked for help'),
    status: z.enum(statuses),
    team: z.string().nullable(),
    assignee: z.string().nullable(),
    watchers: z.int().describe('How many people are told of what becomes of it'),
    openedAt: instantText.describe('When it happened, as counted'),
    updatedAt: instantText.describe('When the newest event was recorded'),
    resolvedAt: instantText.nullable().describe('While it is resolved or closed'),
    resolution: z.object({ code: z.enum(resolutionCodes), note: z.string() }).nullable(),
    mergedInto: z.guid().nullable(),
    links: z.array(z.object({ to: z.guid(), relation: z.enum(relations) })),
    revision: z.int(),
    attachments: z.int().min(0).describe('How many files it has, at most 10'),
  })
  .meta({ id: 'Ticket' });

export type TicketView = z.output<typeof ticketSchema>;

/** A ticket as it is known, from wherever it was read. */
export type KnownTicket = Omit<TicketView, 'establishment' | 'site' | 'reference' | 'requester' | 'links'> & {
  at: Place;
  requester: Requester | null;
  links: readonly TicketView['links'][number][];
};

/** A ticket as it is answered, its fields in this order. */
export const ticketViewOf = ({ at, requester, links, ...ticket }: KnownTicket): TicketView => ({
  ticketId: ticket.ticketId,
  establishment: at.establishment,
  site: at.site ?? null,
  reference: referenceOf(ticket.ticketId),
  title: ticket.title,
  description: ticket.description,
  category: ticket.category,
  priority: ticket.priority,
  location: ticket.location,
  requester: requester && { name: requester.name, contact: requester.contact ?? null },
  status: ticket.status,
  team: ticket.team,
  assignee: ticket.assignee,
  watchers: ticket.watchers,
  openedAt: ticket.openedAt,
  updatedAt: ticket.updatedAt,
  resolvedAt: ticket.resolvedAt,
  resolution: ticket.resolution,
  mergedInto: ticket.mergedInto,
  links: [...links],
  revision: ticket.revision,
  attachments: ticket.attachments,
});

/** The answer for a ticket that was read from its stream. Throws for a ticket that was never opened. */
export const ticketView = ({ ticketId, ticket, revision, updatedAt }: TicketSnapshot): TicketView => {
  if (ticket.status === 'unopened' || updatedAt === null) throw new Error(`${ticketId} was never opened`);
  return ticketViewOf({
    ...ticket,
    watchers: ticket.watchers.length,
    attachments: ticket.attachments.length,
    openedAt: ticket.opened.occurredAt,
    ticketId,
    revision,
    updatedAt,
  });
};
