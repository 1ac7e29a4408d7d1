import type { AccessAction } from '../../shared/vocabulary.js';

/** A ticket that was shown, and where it was then as far as that was shown too. */
export interface ShownTicket {
  ticketId: string;
  establishment?: string | undefined;
}

/** Who did it, from where, by which client, and why where they said so. */
export interface Accessor {
  person: string;
  roles: readonly string[];
  client: string;
  address: string;
  purpose: string | undefined;
}

/** One row of the access log. It never holds a text of a ticket, nor what someone searched for. */
export interface Access extends Accessor {
  at: Date;
  action: AccessAction;
  tickets: readonly ShownTicket[];
  /** Of an alert: how many tickets or refusals there were. Unset: as many as `tickets`. */
  count?: number;
  /** It was not shown: 403 or 404. */
  refused: boolean;
}

interface Longer {
  added: readonly ShownTicket[];
  tickets: readonly ShownTicket[];
}
const longer = new WeakMap<readonly ShownTicket[], Longer>();

/** A list and what is added to it: the same list for all accesses that had the same, and are added the same. */
export const withTickets = (
  tickets: readonly ShownTicket[],
  added: readonly ShownTicket[],
): readonly ShownTicket[] => {
  if (tickets.length === 0) return added;
  const known = longer.get(tickets);
  if (known?.added === added) return known.tickets;
  const both = [...tickets, ...added];
  longer.set(tickets, { added, tickets: both });
  return both;
};
