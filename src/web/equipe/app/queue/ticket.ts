import { isActiveStatus, type TicketStatus } from '../../../../shared/vocabulary.js';
import type { CommandType, OpeningFields, ResolutionFields } from './command.js';
import type { ApiRequester } from '../../../../shared/requester.js';
import type { Entry } from './queue.js';

export type DeviceTicketStatus = TicketStatus;

/** A ticket in the shape of `GET /v1/sync/changes`. */
export interface DeviceTicket {
  ticketId: string;
  establishment: string;
  site: string | null;
  title: string;
  description: string | null;
  category: string;
  priority: string;
  location: string | null;
  /** Absent in what a tablet keeps from before there were any. */
  requester?: ApiRequester | null;
  status: DeviceTicketStatus;
  team: string | null;
  assignee: string | null;
  openedAt: string;
  updatedAt: string;
  resolvedAt: string | null;
  resolution: ResolutionFields | null;
  /** How many files the server has beside it; absent in what a tablet keeps from before there were any. */
  attachments?: number;
  /** Absent in what a tablet keeps from before it knew of incidents. */
  links?: readonly { to: string; relation: string }[];
  revision: number;
}

/** A ticket as this tablet shows it: with the commands made here that are not sent yet. */
export interface TicketWithPending extends DeviceTicket {
  /** The queue entries of this ticket, in the order they were made. */
  pending: Entry[];
}

export const isActiveTicket = ({ status }: Pick<DeviceTicket, 'status'>): boolean => isActiveStatus(status);

/** Whether the ticket's texts were erased on the server: then this tablet keeps none either, and no note is taken. */
const isErased = ({ title }: Pick<DeviceTicket, 'title'>): boolean => title === '';

/** The commands that a ticket offers now. */
export const offeredOn = (ticket: Pick<DeviceTicket, 'title' | 'status'>): readonly CommandType[] =>
  isErased(ticket) ? offered[ticket.status].filter((type) => type !== 'note') : offered[ticket.status];

/** The commands that a ticket offers in each status. */
export const offered: Record<DeviceTicketStatus, readonly CommandType[]> = {
  open: ['start', 'note', 'resolve', 'hold', 'cancel'],
  'in-progress': ['resolve', 'note', 'hold', 'cancel'],
  waiting: ['start', 'note', 'resolve', 'cancel'],
  resolved: ['note', 'reopen'],
  closed: ['note', 'reopen'],
  cancelled: ['note', 'reopen'],
  merged: [],
};

const opened = (ticketId: string, opening: OpeningFields, at: string): DeviceTicket => ({
  ticketId,
  establishment: opening.establishment,
  site: opening.site ?? null,
  title: opening.title,
  description: opening.description ?? null,
  category: opening.category,
  priority: opening.priority,
  location: opening.location ?? null,
  requester: opening.requester ?? null,
  status: 'open',
  team: opening.team ?? null,
  assignee: null,
  openedAt: at,
  updatedAt: at,
  resolvedAt: null,
  resolution: null,
  links: [],
  revision: -1,
});

const withStatus = (ticket: DeviceTicket, status: DeviceTicketStatus, at: string): DeviceTicket =>
  offered[ticket.status].length === 0 ? ticket : { ...ticket, status, updatedAt: at };

/** The ticket after a command, as far as a tablet can tell; undefined where the ticket is not known. */
export const afterCommand = (
  ticket: DeviceTicket | undefined,
  { command }: Entry,
): DeviceTicket | undefined => {
  const { occurredAt: at } = command;
  if (command.type === 'open') return ticket ?? opened(command.ticketId, command, at);
  if (!ticket) return undefined;
  switch (command.type) {
    case 'note':
      return { ...ticket, updatedAt: at };
    case 'link': {
      const { to, relation } = command;
      return { ...ticket, links: [...(ticket.links ?? []), { to, relation }], updatedAt: at };
    }
    case 'start':
      return withStatus(ticket, 'in-progress', at);
    case 'hold':
      return withStatus(ticket, 'waiting', at);
    case 'resolve':
      return {
        ...withStatus(ticket, 'resolved', at),
        resolvedAt: at,
        resolution: isErased(ticket) ? { ...command.resolution, note: '' } : command.resolution,
      };
    case 'reopen':
      return { ...withStatus(ticket, 'open', at), resolvedAt: null, resolution: null };
    case 'cancel':
      return withStatus(ticket, 'cancelled', at);
  }
};

/** The tickets after the waiting commands. A refused opening still counts, so that its ticket does not vanish while people look at it. */
export const ticketsAfterQueue = (
  tickets: readonly DeviceTicket[],
  queue: readonly Entry[],
): TicketWithPending[] => {
  const known = new Map(tickets.map((ticket) => [ticket.ticketId, ticket]));
  const pendingOf = new Map<string, Entry[]>();
  for (const entry of [...queue].sort((a, b) => a.seq - b.seq)) {
    const { ticketId } = entry.command;
    pendingOf.set(ticketId, [...(pendingOf.get(ticketId) ?? []), entry]);
  }
  return [...new Set([...known.keys(), ...pendingOf.keys()])].flatMap((ticketId) => {
    const pending = pendingOf.get(ticketId) ?? [];
    const counting = pending.filter(({ refusal, command }) => !refusal || command.type === 'open');
    const ticket = counting.reduce<DeviceTicket | undefined>(afterCommand, known.get(ticketId));
    return ticket ? [{ ...ticket, pending }] : [];
  });
};

const keptMs = 7 * 24 * 3600 * 1000;

/** Whether a tablet keeps a ticket: one that is over is deleted a week after its last change. */
export const isWorthKeeping = (ticket: DeviceTicket, now: number): boolean =>
  isActiveTicket(ticket) || now - Date.parse(ticket.updatedAt) < keptMs;
