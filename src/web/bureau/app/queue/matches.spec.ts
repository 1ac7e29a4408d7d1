import { describe, expect, it } from '@jest/globals';
import { ticket } from '../testing/ticket.js';
import { filterOf } from './filter.js';
import { matches } from './matches.js';

const now = Date.parse('2026-05-18T12:00:00Z');
const belongs = (search: string, changes: Parameters<typeof ticket>[0] = {}) =>
  matches(ticket(changes), filterOf(search), { person: 'alice', teams: ['jour', 'nuit'], now });

describe('whether a ticket belongs to a queue', () => {
  it.each([
    ['', {}, true],
    ['', { status: 'resolved' }, false],
    ['?status=all', { status: 'merged' }, true],
    ['?status=waiting&status=open', { status: 'waiting' }, true],
    ['?assignee=me', { assignee: 'alice' }, true],
    ['?assignee=me', { assignee: 'bruno' }, false],
    ['?unassigned=true', { assignee: null }, true],
    ['?unassigned=true', { assignee: 'alice' }, false],
    ['?olderThan=72', { openedAt: '2026-05-15T11:59:00Z' }, true],
    ['?olderThan=72', { openedAt: '2026-05-15T12:01:00Z' }, false],
    ['?establishment=MCQ', { establishment: 'NIM' }, false],
    ['?teams=mine', { team: 'nuit' }, true],
    ['?teams=mine', { team: 'soir' }, false],
    ['?teams=mine', { team: null }, false],
    ['?sort=-age', {}, true],
  ] as const)('follows from the ticket: %s %j', (search, changes, expected) => {
    expect(belongs(search, changes)).toBe(expected);
  });

  it('is for the server to say while it is not known which teams are one’s own', () => {
    const stranger = { person: 'alice', teams: undefined, now };
    expect(matches(ticket({ team: 'nuit' }), filterOf('?teams=mine'), stranger)).toBeUndefined();
    expect(matches(ticket({ team: null }), filterOf('?teams=mine'), stranger)).toBe(false);
  });

  it('is for the server to say where it rests on words, unless something else excludes the ticket', () => {
    expect(belongs('?q=chariot')).toBeUndefined();
    expect(belongs('?q=chariot', { status: 'closed' })).toBe(false);
    expect(belongs('?watching=me&priority=P2')).toBeUndefined();
  });
});
