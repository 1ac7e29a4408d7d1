import { foldText } from '../../../../shared/text/fold-text.js';
import { wordsOf } from '../../../../shared/text/words.js';
import type { OpeningFields } from './command.js';
import { isActiveTicket, type DeviceTicket } from './ticket.js';

/** A ticket that people may be about to open once more. */
export interface KnownIncident<Ticket extends DeviceTicket = DeviceTicket> {
  ticket: Ticket;
  /** Who has the problem, as far as this tablet knows: who reported it first, and one for each ticket under it. */
  people: number;
}

const maxShown = 3;
/** One word alone says what a problem is only if it is no short one: «écran», not «lit». */
const minLengthAlone = 5;
/** From so many letters on, two words of which one begins with the other are the same: «imprimante», «imprimantes». */
const minStemLength = 4;
const minWordLength = 3;
/** Folded words that are in titles of any kind. */
const fillers = new Set(
  (
    'les des une aux dans pour pas plus par sur sous est son ses avec sans que qui mais tout toute tous ' +
    'marche fonctionne probleme panne depuis encore the not and for with does doesn work works working'
  ).split(' '),
);

/** The tickets under each ticket, by its id. */
const childrenIn = (tickets: readonly DeviceTicket[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const { ticketId, links = [] } of tickets) {
    for (const { to, relation } of links) {
      if (relation === 'parent' && to !== ticketId) counts.set(to, (counts.get(to) ?? 0) + 1);
    }
  }
  return counts;
};

/** How many people have the problem of a ticket, as far as this tablet knows. */
export const peopleOf = (ticketId: string, tickets: readonly DeviceTicket[]): number =>
  1 + (childrenIn(tickets).get(ticketId) ?? 0);

/**
 * The active tickets of an establishment that a title may repeat, the likeliest first. A ticket that was put under another one stands
 * for that one, where the tablet has it.
 */
export const likelyDuplicates = <Ticket extends DeviceTicket>(
  { title, establishment }: { title: string; establishment: string | undefined },
  tickets: readonly Ticket[],
): KnownIncident<Ticket>[] => {
  const typed = tellingWords(title);
  if (typed.length === 0 || (typed.length === 1 && (typed[0]?.length ?? 0) < minLengthAlone)) return [];
  const active = new Map(
    tickets
      .filter(
        (ticket) => isActiveTicket(ticket) && (!establishment || ticket.establishment === establishment),
      )
      .map((ticket) => [ticket.ticketId, ticket]),
  );
  const likeness = new Map<Ticket, number>();
  for (const ticket of active.values()) {
    const share = shareOf(typed, ticket);
    if (share === 0) continue;
    const parent = ticket.links?.find(({ to, relation }) => relation === 'parent' && active.has(to));
    const incident = (parent && active.get(parent.to)) ?? ticket;
    likeness.set(incident, Math.max(share, likeness.get(incident) ?? 0));
  }
  const children = childrenIn(tickets);
  return [...likeness]
    .map(([ticket, share]) => ({ ticket, share, people: 1 + (children.get(ticket.ticketId) ?? 0) }))
    .sort(
      (a, b) =>
        b.share - a.share || b.people - a.people || b.ticket.openedAt.localeCompare(a.ticket.openedAt),
    )
    .slice(0, maxShown)
    .map(({ ticket, people }) => ({ ticket, people }));
};

/** The share of the typed words that a ticket has; 0 where that is too little to be the same problem. */
const shareOf = (typed: readonly string[], ticket: DeviceTicket): number => {
  const known = wordsOfTicket(ticket);
  const found = typed.filter((word) => known.some((other) => isSameWord(word, other)));
  const share = found.length / typed.length;
  return typed.length === 1 || (found.length >= 2 && share >= 0.5) ? share : 0;
};

/** The last word is still being typed: a known one may go on. */
const isSameWord = (typed: string, known: string): boolean =>
  known.startsWith(typed) || (known.length >= minStemLength && typed.startsWith(known));

const words = new WeakMap<DeviceTicket, readonly string[]>();

const wordsOfTicket = (ticket: DeviceTicket): readonly string[] => {
  const known = words.get(ticket) ?? tellingWords(`${ticket.title} ${ticket.location ?? ''}`);
  words.set(ticket, known);
  return known;
};

const tellingWords = (text: string): string[] => [
  ...new Set(
    wordsOf(foldText(text))
      .map(({ word }) => word)
      .filter((word) => word.length >= minWordLength && !fillers.has(word)),
  ),
];

/**
 * The opening of one more ticket for an incident: what was typed about this one stays, the rest is as the incident has it. Its place is
 * not: whoever has the problem, too, is somewhere else, and a place that nobody has read sends a technician there.
 */
export const openingOfMeToo = (
  { establishment, site, title, category, priority, team: itsTeam }: DeviceTicket,
  { description, location, team = itsTeam ?? undefined, requester }: Partial<OpeningFields>,
): OpeningFields => ({
  ...{ establishment, title, category, priority },
  ...(site === null ? {} : { site }),
  ...(description ? { description } : {}),
  ...(location ? { location } : {}),
  ...(team ? { team } : {}),
  ...(requester ? { requester } : {}),
});
