import type { ShownTicket } from './access.js';
import { numberOf } from './seen-tickets.js';

/** So many tickets are kept in mind for all listeners of a kind. */
const maxKept = 5_000;

/** The tickets of one text that is sent to many listeners alike. */
export interface Disclosure {
  /** Which of the broadcasts it is, from 1 on. */
  turn: number;
  /** Those that no listener is known to have been sent before. The same list for all of them, so that what is made from it is, too. */
  first: readonly ShownTicket[];
  /** The others, with the turn at which each was sent last. */
  again: readonly { ticket: ShownTicket; turn: number }[];
}

/**
 * What was broadcast to listeners who are all sent the same. Which tickets are new to each of them is then found once for all, instead
 * of once for each: a listener whose first broadcast was turn n has been sent everything that was broadcast since.
 */
export class BroadcastDisclosures {
  private turn = 0;
  /** The turn at which a ticket was sent last, by its number; all are forgotten when there are more than may be. */
  private readonly turns = new Map<number, number>();

  /** To be called once for each text, in the order in which the texts are sent. */
  disclose(tickets: readonly ShownTicket[]): Disclosure {
    this.turn += 1;
    const first: ShownTicket[] = [];
    const again: { ticket: ShownTicket; turn: number }[] = [];
    for (const ticket of tickets) {
      const number = numberOf(ticket.ticketId);
      const turn = this.turns.get(number);
      if (turn === undefined) first.push(ticket);
      else again.push({ ticket, turn });
      if (this.turns.size >= maxKept) this.turns.clear();
      this.turns.set(number, this.turn);
    }
    return { turn: this.turn, first, again };
  }
}

/** The tickets of a disclosure that a listener has not been sent yet, whose first broadcast had the turn `since`. */
export const firstDisclosedTo = (since: number, { first, again }: Disclosure): readonly ShownTicket[] => {
  const others = again.flatMap(({ ticket, turn }) => (turn < since ? [ticket] : []));
  return others.length === 0 ? first : [...first, ...others];
};
