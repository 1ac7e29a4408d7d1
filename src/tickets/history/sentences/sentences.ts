import { durationIn } from '../../../calendar/formatting.js';
import { milliseconds, type Instant } from '../../../shared/instant.js';
import type { Language } from '../../../shared/text/text.js';
import type { Place, TicketEvent } from '../../domain/ticket.events.js';
import type { OpenedTicket } from '../../domain/ticket.js';

/** The names that sentences use and events do not hold. */
export interface Names {
  place: (at: Place) => string;
  /** undefined where the reader may not know of the ticket. */
  title: (ticketId: string) => string | undefined;
  /** Why the texts of the ticket are not there any more, and since when, by the clock of which zone. */
  erasure?: TextsErasure | undefined;
}

export interface TextsErasure {
  at: Instant;
  reason: string;
  timeZone: string;
}

type Opening = Extract<TicketEvent, { type: 'TicketOpened' }>;

/** What someone did, to follow their name. Every event has a sentence, or nothing compiles; `before` is the ticket before the event. */
export type Sentences = {
  [Type in Exclude<TicketEvent['type'], Opening['type']>]: (
    event: Extract<TicketEvent, { type: Type }>,
    before: OpenedTicket,
    names: Names,
  ) => string;
} & {
  TicketOpened: (event: Opening, names: Names) => string;
  /** What stands in the place of a text that was erased. */
  textErased: (moment: string, reason: string) => string;
  /** Another ticket, with this title, was merged into the one at hand. */
  mergedHere: (title: string) => string;
  /** How much later than it happened the event was recorded. */
  sentLater: (duration: string) => string;
};

export const durationBetween = (language: Language, from: Instant, to: Instant): string =>
  durationIn(language, Math.max(milliseconds(to) - milliseconds(from), 0));

const maxQuotedCharacters = 280;

/** A text as part of a sentence: on one line, and no longer than reads well; the whole is in the event's data. */
export const quoted = (text: string): string => {
  const characters = Array.from(text.replace(/\s+/g, ' ').trim());
  return characters.length > maxQuotedCharacters
    ? `«${characters.slice(0, maxQuotedCharacters).join('').trimEnd()}…»`
    : `«${characters.join('')}»`;
};

/** How people name a ticket they can't see the title of. */
export const shortId = (ticketId: string): string => ticketId.slice(0, 8);
