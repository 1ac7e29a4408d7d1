import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { Continuation } from './continuation.js';
import type { PlannedCommand } from './planned-command.js';

const at = (time: string): number => Date.parse(`2026-12-${time}:00-05:00`);
const hourMs = 3_600_000;
/** Opened at 09:00 and at 15:00 of each day, and resolved four hours later. */
const plannedDay = (day: string): PlannedCommand[] =>
  ['09:00', '15:00'].flatMap((time) => {
    const ticketId = `${day} ${time}`;
    const opened = at(`${day.slice('2026-12-'.length)}T${time}`);
    const command = (type: 'open' | 'resolve', happens: number): PlannedCommand => ({
      ...{ at: happens, ticketId },
      command: { type, commandId: `${ticketId} ${type}`, occurredAt: new Date(happens).toISOString() },
    });
    return [command('open', opened), command('resolve', opened + 4 * hourMs)];
  });

/** What was sent, in its order: the id of the command and when it says that it happened. */
let sent: [id: string, occurredAt: number][];
let failures: unknown[];
let failing: number;
let earlierFilled: number[];
const started: Continuation[] = [];

const begun = async (
  now: string,
  from = '2026-12-01',
  { workedOff = [], earlier = [] }: { workedOff?: PlannedCommand[]; earlier?: string[] } = {},
) => {
  jest.useFakeTimers({ now: at(now), doNotFake: ['queueMicrotask', 'nextTick'] });
  [sent, failures, failing, earlierFilled] = [[], [], 0, []];
  const continuation = new Continuation({
    tour: { day: '2026-11-27', bulletin: '2026-11-29' },
    ...{ from, earlier, onFailure: (error) => failures.push(error) },
  });
  started.push(continuation);
  const send = (commands: readonly PlannedCommand[]) => {
    if (failing > 0) {
      failing -= 1;
      return Promise.reject(new Error('away'));
    }
    for (const { command } of commands)
      sent.push([command.commandId, Date.parse(String(command.occurredAt))]);
    return Promise.resolve([]);
  };
  const opened = await continuation.begin({
    ...{ plannedDay, workedOff, send, sendGently: send },
    settledDay: plannedDay,
    onEarlierFilled: (tickets) => earlierFilled.push(tickets),
  });
  return { continuation, opened };
};
const until = async (now: string) => jest.advanceTimersByTimeAsync(at(now) - Date.now());
const ids = () => sent.map(([id]) => id);

afterEach(async () => {
  for (const continuation of started.splice(0)) await continuation.stop();
  jest.useRealTimers();
});

describe('the continuation of the sample', () => {
  it('fills the days since up to now, today first, and counts the tickets', async () => {
    const { opened } = await begun('02T14:00');
    expect(opened).toBe(3);
    expect(ids()).toEqual([
      '2026-12-02 09:00 open',
      '2026-12-02 09:00 resolve',
      '2026-12-01 09:00 open',
      '2026-12-01 09:00 resolve',
      '2026-12-01 15:00 open',
      '2026-12-01 15:00 resolve',
    ]);
  });

  it('has what the sample left active worked off when that happens', async () => {
    const command = (id: string, time: string) => ({
      ...{ at: at(time), ticketId: id },
      command: { type: 'resolve' as const, commandId: id, occurredAt: new Date(at(time)).toISOString() },
    });
    await begun('02T12:00', '2026-12-02', {
      workedOff: [command('late', '02T14:00'), command('due', '02T11:00')],
    });
    expect(ids()).toEqual(['2026-12-02 09:00 open', 'due']);
    await until('02T14:01');
    expect(ids().slice(2)).toEqual(['2026-12-02 09:00 resolve', 'late']);
  });

  it('fills the days before the sample at last, in their order, and says so once', async () => {
    await begun('01T10:00', '2026-12-01', { earlier: ['2026-12-28', '2026-12-27'] });
    await until('01T10:01');
    const days = ids().map((id) => id.slice(0, '2026-12-01'.length));
    expect([...new Set(days)]).toEqual(['2026-12-01', '2026-12-28', '2026-12-27']);
    await until('01T12:00');
    expect([ids().length, earlierFilled]).toEqual([9, [4]]);
  });

  it('lets each ticket arrive when it happens, over midnight', async () => {
    await begun('01T10:00');
    sent = [];
    await until('01T12:59');
    expect(sent).toEqual([]);
    await until('01T13:01');
    expect(ids()).toEqual(['2026-12-01 09:00 resolve']);
    await until('02T10:00');
    expect(ids().slice(1)).toEqual([
      '2026-12-01 15:00 open',
      '2026-12-01 15:00 resolve',
      '2026-12-02 09:00 open',
    ]);
  });

  it('comes to the same when it is begun again later', async () => {
    await begun('01T08:00');
    await until('01T20:00');
    const lived = [...sent].sort();
    await begun('01T20:00');
    expect([...sent].sort()).toEqual(lived);
  });

  it('leaves out what would have been opened in a pause; the others of then happen at its end', async () => {
    const { continuation } = await begun('01T10:00');
    sent = [];
    await until('01T12:00');
    continuation.pause();
    await until('02T10:00');
    expect([sent, continuation.isPaused]).toEqual([[], true]);
    continuation.resume();
    await until('02T12:00');
    expect([sent, continuation.isPaused]).toEqual([[['2026-12-01 09:00 resolve', at('02T10:00')]], false]);
    await until('02T16:00');
    expect(ids().slice(1)).toEqual(['2026-12-02 15:00 open']);
  });

  it('sends again what failed, and says so', async () => {
    await begun('01T10:00');
    sent = [];
    failing = 2;
    await until('01T13:01');
    expect([ids(), failures.length]).toEqual([['2026-12-01 09:00 resolve'], 2]);
  });

  it('sends nothing once it is stopped', async () => {
    const { continuation } = await begun('01T10:00');
    await continuation.stop();
    sent = [];
    await until('02T23:00');
    expect(sent).toEqual([]);
  });

  it('stops while it is paused, and while a send is not answered', async () => {
    const { continuation } = await begun('01T10:00');
    continuation.pause();
    await continuation.stop();
    const other = new Continuation({
      tour: continuation.tour,
      ...{ from: '2026-12-01', earlier: [], onFailure: () => undefined },
    });
    const beginning = other.begin({
      ...{ plannedDay, workedOff: [], settledDay: plannedDay, onEarlierFilled: () => undefined },
      send: () => new Promise(() => undefined),
      sendGently: () => new Promise(() => undefined),
    });
    await other.stop();
    expect(await beginning).toBeUndefined();
  });
});
