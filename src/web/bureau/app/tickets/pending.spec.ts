import { describe, expect, it } from '@jest/globals';
import type { Ticket } from '../api/answers.js';
import { ticket } from '../testing/ticket.js';
import { isOffered, type AgentCommand } from './command.js';
import { afterApplied, decidedOn, newer, shownTicket, type Pending } from './pending.js';

const known = ticket();
let count = 0;
const pending = (command: AgentCommand, seen = 1): Pending => ({
  commandId: `command-${(count += 1)}`,
  ...{ ticketId: known.ticketId, command, seen, isHeld: false },
});

describe('a ticket with commands that have no answer yet', () => {
  it('is shown after them, in their order', () => {
    const take = pending({ type: 'assign', assignee: 'alice' });
    const start = pending({ type: 'start' });
    expect(shownTicket(known, [take, start], undefined)).toMatchObject({
      assignee: 'alice',
      team: 'mobile-nim-03',
      status: 'in-progress',
    });
  });

  it('is as it was once they are taken back', () => {
    expect(shownTicket(known, [], undefined)).toBe(known);
  });

  it('is shown after a bulk that it is part of', () => {
    const bulk = {
      parts: [],
      ticketIds: [known.ticketId],
      work: {
        ...{ name: 'Annuler', path: '/v1/tickets/bulk', body: {} },
        commands: [
          { type: 'assign', assignee: 'alice' },
          { type: 'cancel', reason: 'x' },
        ],
      },
    } as const;
    expect(shownTicket(known, [], { ...bulk, state: 'undoable' })).toMatchObject({
      status: 'cancelled',
      assignee: 'alice',
    });
    expect(shownTicket(ticket({ ticketId: 'other' }), [], { ...bulk, state: 'undoable' }).status).toBe(
      'open',
    );
  });

  it.each([
    [{ type: 'hold', reason: 'vendor' }, { status: 'waiting' }],
    [{ type: 'resolve', resolution: { code: 'fixed', note: 'Câble' } }, { status: 'resolved' }],
    [
      { type: 'merge', into: 'other' },
      { status: 'merged', mergedInto: 'other' },
    ],
    [
      { type: 'transfer', establishment: 'MCQ' },
      { establishment: 'MCQ', site: null },
    ],
    [{ type: 'reprioritize', priority: 'P1' }, { priority: 'P1' }],
    [
      { type: 'requester', requester: { name: 'Marie Roy' } },
      { requester: { name: 'Marie Roy', contact: null } },
    ],
    [{ type: 'close' }, { status: 'open' }],
  ] satisfies [AgentCommand, object][])('changes as the server would change it: %j', (command, expected) => {
    expect(shownTicket(known, [pending(command)], undefined)).toMatchObject(expected);
  });
});

describe('a command that was applied', () => {
  it('is the one that the next ones of its ticket were decided on', () => {
    const [first, second] = [pending({ type: 'start' }), pending({ type: 'close' })];
    expect(afterApplied([first, second], first, 2)).toEqual([{ ...second, seen: 2 }]);
  });

  it('is not, where somebody else had changed the ticket in between', () => {
    const [note, start] = [pending({ type: 'note', body: 'x', internal: false }), pending({ type: 'start' })];
    expect(afterApplied([note, start], note, 3)).toEqual([start]);
  });

  it('says nothing of one that was decided on another revision', () => {
    const [first, late] = [pending({ type: 'start' }), pending({ type: 'close' }, 7)];
    expect(afterApplied([first, late], first, 2)).toEqual([late]);
  });
});

it('an older state never takes the place of a newer one', () => {
  expect(newer(ticket({ revision: 3 }), ticket({ revision: 2 })).revision).toBe(3);
  expect(newer(undefined, ticket({ revision: 2 })).revision).toBe(2);
});

describe('what a ticket offers', () => {
  it('follows its status', () => {
    expect(isOffered(ticket({ status: 'resolved' }), 'close')).toBe(true);
    expect(isOffered(ticket({ status: 'open' }), 'close')).toBe(false);
    expect(isOffered(ticket({ status: 'in-progress' }), 'start')).toBe(false);
    expect(isOffered(ticket({ status: 'merged' }), 'assign')).toBe(false);
  });

  it('has no note once its texts are erased', () => {
    expect(isOffered(ticket({ title: '' }), 'note')).toBe(false);
    expect(isOffered(ticket({ title: '' }), 'resolve')).toBe(true);
  });
});

describe('the revision that a command is decided on', () => {
  const begunOn = ticket({ revision: 3, status: 'in-progress' });

  it.each<[string, Partial<Ticket>, number]>([
    ['is that of now where nothing came', {}, 3],
    [
      'is that of now where what came changes nothing that commands decide on',
      { revision: 5, watchers: 2 },
      5,
    ],
    [
      'is that of when the form was opened where it was resolved since',
      { revision: 4, status: 'resolved' },
      3,
    ],
    ['is that of when the form was opened where it was given to somebody', { revision: 4, assignee: 'b' }, 3],
  ])('%s', (_what, changes, revision) => {
    expect(decidedOn(begunOn, { ...begunOn, ...changes })).toBe(revision);
  });

  it('is that of now where there was no form, or it was that of another ticket', () => {
    const now = ticket({ revision: 9, status: 'closed' });
    expect(decidedOn(undefined, now)).toBe(9);
    expect(decidedOn({ ...begunOn, ticketId: 'other' }, now)).toBe(9);
  });
});
