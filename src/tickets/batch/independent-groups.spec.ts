import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { independentGroups } from './independent-groups.js';

const item = (name: string, ...tickets: string[]) => ({ name, tickets, commandId: name });
const names = (groups: { name: string }[][]) => groups.map((group) => group.map(({ name }) => name).join(''));

describe('the independent groups of a batch', () => {
  it('are one for each ticket, in the order sent', () => {
    expect(names(independentGroups([item('a', '1'), item('b', '2'), item('c', '1')]))).toEqual(['ac', 'b']);
  });

  it('join the tickets that a merge ties together, directly or through a third', () => {
    const batch = [item('a', '1'), item('b', '2'), item('c', '3'), item('d', '1', '2'), item('e', '3', '2')];
    expect(names(independentGroups(batch))).toEqual(['abcde']);
  });

  it('give a command that names no ticket a group of its own', () => {
    expect(names(independentGroups([item('a'), item('b')]))).toEqual(['a', 'b']);
  });

  it('join commands of one id, about whatever tickets: the id is the first one’s', () => {
    const sent = (name: string, commandId: string, ...tickets: string[]) => ({ name, tickets, commandId });
    const batch = [sent('a', 'x', '1'), sent('b', 'x', '2'), sent('c', 'y', '2'), sent('d', 'z', '3')];
    expect(names(independentGroups(batch))).toEqual(['abc', 'd']);
    expect(names(independentGroups([sent('a', 'x'), sent('b', 'x')]))).toEqual(['ab']);
  });

  it('keep every command, share no ticket, and keep the order within each group', () => {
    const items = fc.array(fc.array(fc.constantFrom('1', '2', '3', '4', '5', '6'), { maxLength: 2 }));
    fc.assert(
      fc.property(items, (all) => {
        const numbered = all.map((tickets, number) => ({ number, tickets, commandId: '' }));
        const groups = independentGroups(numbered);
        expect(groups.flat().sort((a, b) => a.number - b.number)).toEqual(numbered);
        for (const group of groups) {
          const numbers = group.map(({ number }) => number);
          expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
        }
        const touched = groups.map((group) => new Set(group.flatMap(({ tickets }) => tickets)));
        touched.forEach((tickets, index) => {
          for (const later of touched.slice(index + 1)) expect(disjoint(tickets, later)).toBe(true);
        });
      }),
    );
  });
});

const disjoint = (a: Set<string>, b: Set<string>) => ![...a].some((ticket) => b.has(ticket));
