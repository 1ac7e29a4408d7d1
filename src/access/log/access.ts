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
  tickets: ShownTicket[];
  /** Of an alert: how many tickets or refusals there were. Unset: as many as `tickets`. */
  count?: number;
  /** It was not shown: 403 or 404. */
  refused: boolean;
}
