import { describe, expect, it } from '@jest/globals';
import type { QueuedCommand } from './command.js';
import type { Entry } from './queue.js';
import {
  isWorthKeeping,
  offeredOn,
  offered,
  ticketsAfterQueue,
  type DeviceTicketStatus,
  type DeviceTicket,
} from './ticket.js';

const ticket = (changes: Partial<DeviceTicket> = {}): DeviceTicket => ({
  ...{ ticketId: 't1', establishment: 'NIM', site: null, title: 'Écran noir', description: null },
  ...{ category: 'materiel', priority: 'P3', location: null, status: 'open', team: null, assignee: null },
  ...{ openedAt: '2026-05-15T12:00:00.000Z', updatedAt: '2026-05-15T12:00:00.000Z', resolvedAt: null },
  ...{ resolution: null, revision: 0 },
  ...changes,
});
const at = '2026-05-15T10:00:00.000-04:00';
const entry = (seq: number, queued: QueuedCommand, refused = false): Entry => ({
  seq,
  person: 'alice',
  about: 'Écran noir',
  command: { commandId: `c${seq}`, ticketId: 't1', occurredAt: at, ...queued },
  ...(refused ? { refusal: { code: 'x', title: 'x', detail: 'x' } } : {}),
});
const resolve: QueuedCommand = { type: 'resolve', resolution: { code: 'fixed', note: 'Relancé' } };
const opening: QueuedCommand = {
  type: 'open',
  establishment: 'MCQ',
  title: 'Sans son',
  category: 'materiel',
  priority: 'P1',
};
const statusAfter = (status: DeviceTicketStatus, ...queued: QueuedCommand[]) =>
  ticketsAfterQueue(
    [ticket({ status })],
    queued.map((command, index) => entry(index, command)),
  )[0]?.status;

describe('a ticket on the tablet', () => {
  it('is as the server sent it where nothing waits', () => {
    expect(ticketsAfterQueue([ticket()], [])).toEqual([{ ...ticket(), pending: [] }]);
  });

  it('is shown as soon as it is opened, even without a network', () => {
    const [shown] = ticketsAfterQueue([], [entry(1, opening)]);
    expect(shown).toMatchObject({
      ticketId: 't1',
      establishment: 'MCQ',
      title: 'Sans son',
      status: 'open',
      openedAt: at,
    });
    expect(shown?.pending.map(({ seq }) => seq)).toEqual([1]);
  });

  it('is still shown when its opening was refused', () => {
    expect(ticketsAfterQueue([], [entry(1, opening, true)])).toHaveLength(1);
  });

  it.each([
    ['open', { type: 'start' }, 'in-progress'],
    ['open', { type: 'hold', reason: 'user' }, 'waiting'],
    ['in-progress', resolve, 'resolved'],
    ['resolved', { type: 'reopen', reason: 'encore' }, 'open'],
    ['open', { type: 'cancel', reason: 'erreur' }, 'cancelled'],
    ['waiting', { type: 'note', body: 'vu' }, 'waiting'],
    ['merged', resolve, 'merged'],
  ] as const)('that is %s shows the waiting command: %j makes it %s', (before, queued, status) => {
    expect(statusAfter(before, queued)).toBe(status);
  });

  it('shows all waiting commands in the order they were made, and no refused ones', () => {
    expect(statusAfter('open', { type: 'start' }, resolve)).toBe('resolved');
    const [shown] = ticketsAfterQueue([ticket()], [entry(2, resolve, true), entry(1, { type: 'start' })]);
    expect([shown?.status, shown?.pending.map(({ seq }) => seq)]).toEqual(['in-progress', [1, 2]]);
  });

  it('has the time and note of a resolution made here, until it is reopened', () => {
    const [done] = ticketsAfterQueue([ticket()], [entry(1, resolve)]);
    expect([done?.resolvedAt, done?.resolution?.note]).toEqual([at, 'Relancé']);
    const [again] = ticketsAfterQueue(
      [ticket()],
      [entry(1, resolve), entry(2, { type: 'reopen', reason: 'encore' })],
    );
    expect([again?.resolvedAt, again?.resolution]).toEqual([null, null]);
  });

  it('is not made up from commands if the tablet does not have it', () => {
    expect(ticketsAfterQueue([], [entry(1, resolve)])).toEqual([]);
  });

  it('offers no commands once it is merged', () => {
    expect(offered.merged).toEqual([]);
  });

  it('is kept while it is active and for a week after that', () => {
    const dayMs = 24 * 3600 * 1000;
    const updated = Date.parse('2026-05-15T12:00:00.000Z');
    expect(isWorthKeeping(ticket(), updated + 100 * dayMs)).toBe(true);
    expect(isWorthKeeping(ticket({ status: 'closed' }), updated + 6 * dayMs)).toBe(true);
    expect(isWorthKeeping(ticket({ status: 'closed' }), updated + 8 * dayMs)).toBe(false);
  });
});

describe('a ticket whose texts were erased', () => {
  const erased = ticket({ title: '', description: null, location: null });

  it('takes no note', () => {
    expect(offeredOn(erased)).toEqual(['start', 'resolve', 'hold', 'cancel']);
    expect(offeredOn(ticket())).toEqual(offered.open);
  });

  it('keeps no text of a command that is sent later, which stays its author’s in the queue', () => {
    const [shown] = ticketsAfterQueue([erased], [entry(1, resolve)]);
    expect(shown).toMatchObject({ status: 'resolved', resolution: { code: 'fixed', note: '' } });
    expect(shown!.pending[0]!.command).toMatchObject(resolve);
  });
});
