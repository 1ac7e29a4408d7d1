import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type ShownTicket, withTickets } from './access.js';
import { BroadcastDisclosures, firstDisclosedTo } from './broadcast-disclosures.js';

const ticket = (number: number): ShownTicket => ({
  ticketId: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
  establishment: 'NIM',
});
const idsOf = (tickets: readonly ShownTicket[]): string[] => tickets.map(({ ticketId }) => ticketId);

describe('what is broadcast to many listeners', () => {
  it('is new to each of them once, from the first broadcast that it is sent', () => {
    const step = fc.record({ tickets: fc.uniqueArray(fc.nat(8), { maxLength: 5 }), joins: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const disclosures = new BroadcastDisclosures();
        const listeners: { since?: number; seen: Set<string> }[] = [{ seen: new Set() }];
        for (const { tickets, joins } of steps) {
          const disclosure = disclosures.disclose(tickets.map(ticket));
          for (const listener of listeners) {
            listener.since ??= disclosure.turn;
            const expected = idsOf(tickets.map(ticket)).filter((id) => !listener.seen.has(id));
            expect(idsOf(firstDisclosedTo(listener.since, disclosure)).sort()).toEqual(expected.sort());
            for (const id of expected) listener.seen.add(id);
          }
          if (joins) listeners.push({ seen: new Set() });
        }
      }),
    );
  });

  it('is the same list for all who have been sent the same', () => {
    const disclosures = new BroadcastDisclosures();
    disclosures.disclose([ticket(1)]);
    const second = disclosures.disclose([ticket(1), ticket(2)]);
    expect(firstDisclosedTo(1, second)).toBe(second.first);
    expect(idsOf(firstDisclosedTo(2, second))).toEqual(idsOf([ticket(2), ticket(1)]));
  });

  it('is written down again once in a while, where there are very many tickets', () => {
    const disclosures = new BroadcastDisclosures();
    const all = Array.from({ length: 12_000 }, (_, number) => ticket(number));
    for (let begin = 0; begin < all.length; begin += 100) disclosures.disclose(all.slice(begin, begin + 100));
    expect(firstDisclosedTo(1, disclosures.disclose(all.slice(0, 1)))).toEqual(all.slice(0, 1));
  });
});

describe('tickets that are added to an access', () => {
  it('are one list for all accesses that show the same', () => {
    const [first, second] = [[ticket(1)], [ticket(2)]];
    const both = withTickets(first, second);
    expect(both).toEqual([ticket(1), ticket(2)]);
    expect(withTickets(first, second)).toBe(both);
    expect(withTickets(first, [ticket(3)])).toEqual([ticket(1), ticket(3)]);
    expect(withTickets([], first)).toBe(first);
  });
});
