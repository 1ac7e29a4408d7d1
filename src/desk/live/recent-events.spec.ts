import { describe, expect, it } from '@jest/globals';
import type { LiveEvent } from './live-event.js';
import { RecentEvents } from './recent-events.js';

const event = (position: number, length = 10): LiveEvent => ({
  ...{ position: BigInt(position), internal: false, establishment: 'NIM' },
  ...{ ticketId: 'any', revision: 1, goneText: () => '' },
  text: 'x'.repeat(length),
});
const events = (from: number, to: number, length?: number): LiveEvent[] =>
  Array.from({ length: to - from + 1 }, (_, index) => event(from + index, length));
const positions = (list: readonly LiveEvent[]): number[] => list.map(({ position }) => Number(position));

describe('the recent events', () => {
  it('are given after a position, a page at a time, with the position that the page goes up to', () => {
    const recent = new RecentEvents(10n);
    recent.add([event(12), event(15)], 20n);
    recent.add([event(21)], 21n);
    const page = (after: bigint, maxCount: number) => {
      const { events: next, position } = recent.after(after, maxCount);
      return [positions(next), position];
    };
    expect(page(10n, 2)).toEqual([[12, 15], 15n]);
    expect(page(15n, 2)).toEqual([[21], 21n]);
    expect(page(10n, 3)).toEqual([[12, 15, 21], 21n]);
    expect(page(12n, 1)).toEqual([[15], 15n]);
    expect(page(21n, 1)).toEqual([[], 21n]);
    // A position that has not been read yet.
    expect(page(30n, 1)).toEqual([[], 21n]);
  });

  it('are two thousand at most, and have the position they begin after', () => {
    const recent = new RecentEvents(0n);
    recent.add(events(1, 1_500), 1_500n);
    expect(recent.start).toBe(0n);
    recent.add(events(1_501, 2_600), 2_600n);
    expect(recent.start).toBe(600n);
    expect(positions(recent.after(600n, 3).events)).toEqual([601, 602, 603]);
  });

  it('are fewer where their texts are long', () => {
    const recent = new RecentEvents(0n);
    recent.add(events(1, 10, 1024 * 1024), 10n);
    expect([recent.start, recent.position]).toEqual([2n, 10n]);
    recent.add([event(11, 9 * 1024 * 1024)], 11n);
    expect([recent.start, recent.after(11n, 1).events]).toEqual([11n, []]);
  });
});
