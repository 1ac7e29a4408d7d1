import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { pino } from 'pino';
import { DomainError } from '../../shared/problems/domain-error.js';
import type { Access } from './access.js';
import { AccessLog } from './access-log.js';

const access = (person: string): Access => ({
  ...{ at: new Date(), person, roles: ['agent'], action: 'read', tickets: [], refused: false },
  ...{ client: 'bureau', address: '10.0.0.7', purpose: undefined },
});

let written: string[][];
let fail: Error | undefined;
let log: AccessLog;
beforeEach(() => {
  jest.useFakeTimers();
  [written, fail] = [[], undefined];
  log = new AccessLog({
    write: (accesses) => {
      if (fail !== undefined) return Promise.reject(fail);
      written.push(accesses.map(({ person }) => person));
      return Promise.resolve();
    },
    logger: pino({ level: 'silent' }),
    now: () => Date.now(),
  });
});
afterEach(() => {
  jest.useRealTimers();
});

const away = Object.assign(new Error('gone'), { code: 'ECONNREFUSED' });

describe('accesses on their way to the database', () => {
  it('are written together, well within a second', async () => {
    log.add(access('a'));
    await jest.advanceTimersByTimeAsync(150);
    log.add(access('b'));
    expect(written).toEqual([]);
    await jest.advanceTimersByTimeAsync(50);
    expect(written).toEqual([['a', 'b']]);
    log.add(access('c'));
    await jest.advanceTimersByTimeAsync(200);
    expect(written).toEqual([['a', 'b'], ['c']]);
  });

  it('can be added to until they are being written', async () => {
    const first = log.add(access('a'));
    const second = log.add(access('b'));
    expect([first, second].map((number) => log.isOpen(number))).toEqual([true, true]);
    fail = away;
    await jest.advanceTimersByTimeAsync(200);
    const third = log.add(access('c'));
    expect([first, second, third].map((number) => log.isOpen(number))).toEqual([false, false, true]);
    fail = undefined;
    await jest.advanceTimersByTimeAsync(1_000);
    expect(written).toEqual([['a', 'b', 'c']]);
    expect(log.isOpen(third)).toBe(false);
    expect(log.isOpen(log.add(access('d')))).toBe(true);
  });

  it('are written at once where very many wait', async () => {
    for (let number = 0; number < 2_000; number += 1) log.add(access(`${number}`));
    await jest.advanceTimersByTimeAsync(0);
    expect(written.flat()).toHaveLength(2_000);
  });

  it('are all written when the process stops', async () => {
    for (const person of ['a', 'b', 'c']) log.add(access(person));
    await log.close();
    expect(written).toEqual([['a', 'b', 'c']]);
  });

  it('are kept while the database is away, and written in their order once it is back', async () => {
    fail = away;
    log.add(access('a'));
    await jest.advanceTimersByTimeAsync(5_000);
    log.add(access('b'));
    fail = undefined;
    await jest.advanceTimersByTimeAsync(2_000);
    expect(written.flat()).toEqual(['a', 'b']);
  });

  it('let nothing more be shown once the oldest waits for a second, and then again', async () => {
    expect(log.admit()).toBeUndefined();
    fail = away;
    log.add(access('a'));
    await jest.advanceTimersByTimeAsync(1_000);
    expect(log.admit()).toBeUndefined();
    await jest.advanceTimersByTimeAsync(1);
    const refused = expect(log.admit()).rejects.toEqual(new DomainError('unavailable'));
    await jest.advanceTimersByTimeAsync(3_000);
    await refused;
    const waiting = log.admit();
    fail = undefined;
    await jest.advanceTimersByTimeAsync(2_000);
    await waiting;
    expect(log.admit()).toBeUndefined();
  });

  it('are waited for no longer than three seconds while the database is away, and then written', async () => {
    fail = away;
    log.add(access('a'));
    const waiting = expect(log.flushInTime()).rejects.toEqual(new DomainError('unavailable'));
    await jest.advanceTimersByTimeAsync(3_000);
    await waiting;
    fail = undefined;
    log.add(access('b'));
    const flushed = log.flushInTime();
    await jest.advanceTimersByTimeAsync(2_000);
    await flushed;
    expect(written.flat()).toEqual(['a', 'b']);
  });

  it('let what goes on wait for as long as the database is away', async () => {
    expect(log.caughtUp()).toBeUndefined();
    fail = away;
    log.add(access('a'));
    await jest.advanceTimersByTimeAsync(1_001);
    let isCaughtUp = false;
    void log.caughtUp()?.then(() => {
      isCaughtUp = true;
    });
    await jest.advanceTimersByTimeAsync(60_000);
    expect(isCaughtUp).toBe(false);
    fail = undefined;
    await jest.advanceTimersByTimeAsync(2_000);
    expect([isCaughtUp, written]).toEqual([true, [['a']]]);
  });

  it('let nothing more be shown once too many wait', () => {
    fail = away;
    for (let number = 0; number < 20_000; number += 1) log.add(access('a'));
    expect(log.isBehind).toBe(true);
  });

  it('are written without one that can’t be stored', async () => {
    const write = async (accesses: readonly Access[]) => {
      if (accesses.some(({ person }) => person === 'bad'))
        throw Object.assign(new Error(), { code: '22021', severity: 'ERROR' });
      written.push(accesses.map(({ person }) => person));
      return Promise.resolve();
    };
    log = new AccessLog({ write, logger: pino({ level: 'silent' }) });
    for (const person of ['a', 'b', 'bad', 'c', 'd']) log.add(access(person));
    await log.flush();
    expect(written.flat()).toEqual(['a', 'b', 'c', 'd']);
  });

  it('are given up where the database stays away while the process stops', async () => {
    fail = away;
    log.add(access('a'));
    const closed = log.close();
    await jest.advanceTimersByTimeAsync(10_000);
    await closed;
    expect(log.count).toBe(0);
  });
});
