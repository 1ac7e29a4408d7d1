import { describe, expect, it } from '@jest/globals';
import { likelyDuplicates, openingOfMeToo, peopleOf } from './incident.js';
import type { DeviceTicket } from './ticket.js';

const ticket = (ticketId: string, title: string, changes: Partial<DeviceTicket> = {}): DeviceTicket => ({
  ...{ ticketId, title, establishment: 'NIM', site: null, description: null, category: 'impression' },
  ...{ priority: 'P2', location: null, status: 'open', team: null, assignee: null },
  ...{ openedAt: '2026-05-15T12:00:00Z', updatedAt: '2026-05-15T12:00:00Z', resolvedAt: null },
  ...{ resolution: null, revision: 1, ...changes },
});
const under = (to: string) => ({ links: [{ to, relation: 'parent' }] });

const likely = (title: string, tickets: DeviceTicket[], establishment = 'NIM') =>
  likelyDuplicates({ title, establishment }, tickets).map((known) => [known.ticket.ticketId, known.people]);

describe('what may be reported already', () => {
  const printers = ticket('a', 'Imprimantes en panne', { location: '3e étage' });
  const screen = ticket('b', 'Écran noir au poste 4');

  it.each([
    ['imprimante', [['a', 1]]],
    ['L’IMPRIMANTE du 3e etage', [['a', 1]]],
    ['impriman', [['a', 1]]],
    ['écran noir', [['b', 1]]],
    ['Ecran', [['b', 1]]],
    ['noir', []],
    ['', []],
    ['ne marche pas', []],
    ['lit', []],
    ['imprimante lente depuis la mise à jour du dossier', []],
  ])('says the same in the words that tell something: %j', (title, found) => {
    expect(likely(title, [printers, screen])).toEqual(found);
  });

  it('is active, and of the establishment that is chosen', () => {
    const over = ticket('c', 'Imprimantes en panne', { status: 'resolved' });
    const elsewhere = ticket('d', 'Imprimantes en panne', { establishment: 'MCQ' });
    expect(likely('imprimantes', [over, elsewhere])).toEqual([]);
    expect(likely('imprimantes', [over, elsewhere], '')).toEqual([['d', 1]]);
  });

  it('is the incident, where the ticket that says so is under one, with its people', () => {
    const children = [ticket('c', 'Rien ne sort', under('a')), ticket('d', 'Rien ne sort', under('a'))];
    const over = ticket('e', 'Rien ne sort', { ...under('a'), status: 'resolved' });
    expect(likely('rien ne sort', [printers, ...children, over])).toEqual([['a', 4]]);
    expect(peopleOf('a', [printers, ...children, over])).toBe(4);
    // The tablet does not have the incident: the ticket stands for itself.
    expect(likely('rien ne sort', [children[0]!])).toEqual([['c', 1]]);
  });

  it('has the likeliest first, and of those the one with most people, then the newest, three at most', () => {
    const both = ticket('c', 'Imprimantes en panne au bloc');
    const newer = ticket('d', 'Imprimante muette', { openedAt: '2026-05-15T13:00:00Z' });
    const child = ticket('e', 'Autre chose', under('a'));
    expect(likely('imprimante bloc', [printers, both, newer, child])).toEqual([['c', 1]]);
    expect(likely('imprimante', [both, printers, newer, child, ticket('f', 'Imprimante lente')])).toEqual([
      ['a', 2],
      ['d', 1],
      ['c', 1],
    ]);
  });
});

describe('one more ticket of an incident', () => {
  const incident = ticket('a', 'Imprimantes en panne', {
    location: '3e étage',
    team: 'mobile-nim-03',
    site: 'NIM-1',
  });

  it('is as the incident is', () => {
    expect(openingOfMeToo(incident, {})).toEqual({
      ...{ establishment: 'NIM', site: 'NIM-1', title: 'Imprimantes en panne', category: 'impression' },
      ...{ priority: 'P2', team: 'mobile-nim-03' },
    });
  });

  it('keeps what was typed of who and where', () => {
    const typed = { location: '4e nord', description: 'Depuis 8 h', requester: { name: 'Marie Roy' } };
    expect(openingOfMeToo(incident, { ...typed, title: 'impr', priority: 'P4' })).toMatchObject({
      ...typed,
      ...{ title: 'Imprimantes en panne', priority: 'P2' },
    });
  });
});
