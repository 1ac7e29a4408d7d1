import { withTexts } from '../../keys/index.js';
import type { TicketEvent } from '../domain/ticket.events.js';
import { ticketTexts } from '../domain/ticket-texts.js';

/** An event with each of its confidential texts in other words. */
export const withConfidentialTexts = <Event extends TicketEvent>(
  event: Event,
  made: (text: string) => string,
): Event => {
  const paths = ticketTexts.data[event.type] ?? [];
  return withTexts({ ...event }, paths, (_path, text) => made(text)) as unknown as Event;
};

/**
 * An event of an erased ticket as everyone reads it, whether or not its key is gone by now: a process that has not heard of that yet
 * still has the key.
 */
export const erasedEvent = <Event extends TicketEvent>(event: Event): Event =>
  withConfidentialTexts(event, () => '');
