import type { ShownTicket } from './access.js';

/** The pattern of a ticket's id, as our own answers write it. */
export const ticketIdPattern = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';

/**
 * An answer is JSON, or a page, in which a quote within a text is escaped: what somebody wrote never looks like a member's name or an
 * attribute. A ticket's own fields begin with its id and its establishment.
 */
const named = new RegExp(
  `(?:"ticketId":"|data-ticket="|"stream":"ticket-)(${ticketIdPattern})"(?:,"establishment":"([^"\\\\]*)")?`,
  'g',
);
const told = new RegExp(`"ticketId":"(${ticketIdPattern})","establishment":"([^"\\\\]*)"`, 'g');
/** The other tickets of a history are told of by their titles. */
const namedInHistory = new RegExp(`"(?:ticketId|into|to)":"(${ticketIdPattern})"`, 'g');

/**
 * Which tickets an answer shows: every one that it names; only those of which it tells more than the id (what was done to a thousand
 * tickets shows none of them); or every one that a history names.
 */
export type ShownIn = 'named' | 'told' | 'named-in-history';
const patterns: Readonly<Record<ShownIn, RegExp>> = { named, told, 'named-in-history': namedInHistory };

/** The tickets that an answer shows, each once. */
export const shownTickets = (answer: string, shown: ShownIn): ShownTicket[] => {
  const found = new Map<string, ShownTicket>();
  const pattern = patterns[shown];
  // `matchAll` would copy the pattern for each answer. It is back at the beginning once nothing more is found.
  for (let match = pattern.exec(answer); match; match = pattern.exec(answer)) {
    const [, ticketId = '', establishment] = match;
    if (found.get(ticketId)?.establishment === undefined) found.set(ticketId, { ticketId, establishment });
  }
  return [...found.values()];
};
