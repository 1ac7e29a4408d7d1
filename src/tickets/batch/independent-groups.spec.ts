import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { independentGroups } from './independent-groups.js';

const item = (name: string, ...tickets: string[]) => ({ name, tickets });
const names = (groups: { name: string }[][]) => groups.map((group) => group.map(({ name }) => name).join(''));

describe('the independent groups of a batch', () => {
  it('are one for each ticket, in the order sent', () => {
    expect(names(independentGroups([item('a', '1'), item('b', '2'), item('c', '1')]))).toEqual(['ac', 'b']);
  });

  it('join the tickets that a merge ties together, also through a third', () => {
    const batch = [item('a', '1'), item('b', '2'), item('c', '3'), item('d', '1', '2'), item('e', '3', '2')];
    expect(names(independentGroups(batch))).toEqual(['abcde']);
  });

  it('leave a command that names no ticket alone', () => {
    expect(names(independentGroups([item('a'), item('b')]))).toEqual(['a', 'b']);
  });

  it('keep every command, share no ticket, and keep the order within', () => {
    const items = fc.array(fc.array(fc.constantFrom('1', '2', '3', '4', '5', '6'), { maxLength: 2 }));
    fc.assert(
      fc.property(items, (all) => {
        const numbered = all.map((tickets, number) => ({ number, tickets }));
        const groups = independentGroups(numbered);
        expect(groups.flat().sort((one, other) => one.number - other.number)).toEqual(numbered);
        for (const group of groups) {
          const numbers = group.map(({ number }) => number);
          expect(numbers).toEqual([...numbers].sort((one, other) => one - other));
        }
        const touched = groups.map((group) => new Set(group.flatMap(({ tickets }) => tickets)));
        touched.forEach((tickets, index) => {
          for (const other of touched.slice(index + 1)) expect(disjoint(tickets, other)).toBe(true);
        });
      }),
    );
  });
});

const disjoint = (one: Set<string>, other: Set<string>) => ![...one].some((ticket) => other.has(ticket));
