import type { Instant } from '../../shared/instant.js';
import type { TicketEvent } from '../domain/ticket.events.js';
import {
  decide,
  evolve,
  Refusal,
  unopened,
  type TicketRefusalCode,
  type Ticket,
  type TicketCommand,
} from '../domain/ticket.js';
import { frozen } from './frozen.js';

/** What a ticket answers to a command: events, none of them when nothing changes, or the refusal's code. */
export interface Answer {
  events: readonly TicketEvent[];
  refusal: TicketRefusalCode | null;
}

/** Decides with frozen arguments. An error that is no refusal is a defect, and is thrown on. */
export const answer = (command: TicketCommand, ticket: Ticket, now: Instant): Answer => {
  try {
    return { events: frozen(decide(frozen(command), frozen(ticket), now)), refusal: null };
  } catch (error) {
    if (error instanceof Refusal) return { events: [], refusal: error.code };
    throw error;
  }
};

/** The ticket after these events, each of them and each state on the way frozen. */
export const fold = (events: readonly TicketEvent[], from: Ticket = unopened): Ticket =>
  events.reduce((ticket, event) => frozen(evolve(ticket, frozen(event))), frozen(from));
