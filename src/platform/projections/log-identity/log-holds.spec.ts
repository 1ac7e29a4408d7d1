import { describe, expect, it } from '@jest/globals';
import type { EventStore } from '../../event-store/event-store.js';
import { logHolds } from './log-holds.js';

/** A log that has these marks at its positions, from 1 on. */
const log = (marks: readonly string[], countsPositions = true) =>
  ({
    countsPositions,
    markAt: (position: bigint) => Promise.resolve(position === 0n ? '' : marks[Number(position) - 1]),
  }) as EventStore;
const readTo = (position: bigint, mark: string, at = position) => ({
  ...{ position, bookmark: { position: at, mark } },
});

describe('rows that were made from a log', () => {
  it('are held by the log when it has the newest event that they were made from, however it went on', async () => {
    expect(await logHolds(log(['a', 'b']), readTo(2n, 'b'))).toBe(true);
    expect(await logHolds(log(['a', 'b', 'c']), readTo(2n, 'b'))).toBe(true);
    expect(await logHolds(log([]), { position: 0n, bookmark: null })).toBe(true);
  });

  it('are not held when the log ends before that event, or has another event there', async () => {
    expect(await logHolds(log(['a']), readTo(2n, 'b'))).toBe(false);
    expect(await logHolds(log(['a', 'x', 'y']), readTo(2n, 'b'))).toBe(false);
    expect(await logHolds(log(['a']), readTo(2n, 'a', 1n))).toBe(false);
  });

  it('are not held when only their position is known and is beyond the end of the log', async () => {
    expect(await logHolds(log(['a']), { position: 2n, bookmark: null })).toBe(false);
    expect(await logHolds(log(['a', 'b']), { position: 2n, bookmark: null })).toBe(true);
  });

  it('may be at a position beyond the newest event when positions only order events', async () => {
    expect(await logHolds(log(['a'], false), readTo(7n, 'a', 1n))).toBe(true);
  });
});
