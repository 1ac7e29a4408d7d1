import type { ShownTicket } from './access.js';

/** So many tickets of a connection are kept in mind; there may be thousands of connections. */
const maxSeen = 500;

/**
 * The random end of an id, as a number: a text that was cut out of an answer would keep the whole answer in memory. Two tickets of one
 * person that have it in common are as rare as two equal ids are meant to be.
 */
export const numberOf = (ticketId: string): number => Number.parseInt(ticketId.slice(-12), 16);

/** What a connection has shown: a ticket that changes all day is logged once, or once in a while where there are very many. */
export class SeenTickets {
  private readonly seen = new Set<number>();

  /** Those that were not seen before; from now on they are. */
  see(tickets: readonly ShownTicket[]): readonly ShownTicket[] {
    return tickets.filter(({ ticketId }) => {
      const number = numberOf(ticketId);
      if (this.seen.has(number)) return false;
      if (this.seen.size >= maxSeen) this.seen.clear();
      this.seen.add(number);
      return true;
    });
  }

  /** Those that were not seen: the same list where none of them was. */
  unseen(tickets: readonly ShownTicket[]): readonly ShownTicket[] {
    if (this.seen.size === 0) return tickets;
    const left = tickets.filter(({ ticketId }) => !this.seen.has(numberOf(ticketId)));
    return left.length === tickets.length ? tickets : left;
  }
}
