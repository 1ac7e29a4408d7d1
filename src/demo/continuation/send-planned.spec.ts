import { expect, it } from '@jest/globals';
import type { PlannedCommand } from './planned-command.js';
import { batchesOf } from './send-planned.js';

const planned = (ticketId: string, type: PlannedCommand['command']['type']): PlannedCommand => ({
  at: 0,
  ticketId,
  command: { type, commandId: `${ticketId} ${type}` },
});
const named = (batches: PlannedCommand[][]) =>
  batches.map((batch) => batch.map(({ command }) => command.commandId));

it('no batch has a ticket twice but for its opening and what comes next, and a ticket’s are sent in their order', () => {
  const all = [
    planned('a', 'open'),
    planned('b', 'start'),
    planned('a', 'start'),
    planned('b', 'resolve'),
    planned('a', 'resolve'),
  ];
  expect(named(batchesOf(all))).toEqual([
    ['a open', 'b start', 'a start'],
    ['b resolve', 'a resolve'],
  ]);
});

it('an opening and what stands right behind it of its ticket share a batch', () => {
  const life = (id: string) => (['open', 'start', 'resolve'] as const).map((type) => planned(id, type));
  expect(named(batchesOf([...life('a'), ...life('b'), ...life('c')], 7))).toEqual([
    ['a open', 'a start', 'a resolve', 'b open', 'b start', 'b resolve'],
    ['c open', 'c start', 'c resolve'],
  ]);
});

it('a batch has at most a thousand commands', () => {
  const all = Array.from({ length: 2_001 }, (_, index) => planned(String(index), 'open'));
  expect(batchesOf(all).map(({ length }) => length)).toEqual([1_000, 1_000, 1]);
});
