import { beforeEach, describe, expect, it } from '@jest/globals';
import { LeaseWatch, type ObservedLease } from './lease-watch.js';

const leaseMs = 3_000;
let now: number;
let watch: LeaseWatch;
beforeEach(() => {
  now = 100_000;
  watch = new LeaseWatch(leaseMs, () => now);
});

const lease = (changes: Partial<ObservedLease> = {}): ObservedLease => ({
  ...{ name: 'daily-figures', generation: 1, leader: 'a:1:x', epoch: 4n },
  ...{ leaseUntil: '2026-05-15 12:00:03+00', hasRunOut: false },
  ...changes,
});
const isHeld = (seen: ObservedLease) => watch.isHeld(seen, watch.begin());

describe('a lease', () => {
  it('is held as long as its leader renews it', () => {
    for (let second = 3; second < 60; second += 1) {
      expect(isHeld(lease({ leaseUntil: `2026-05-15 12:00:${second}+00` }))).toBe(true);
      now += 1_000;
    }
  });

  it('is no longer held when it was not renewed for its length, although PostgreSQL’s clock says that it is', () => {
    expect(isHeld(lease())).toBe(true);
    now += leaseMs - 1;
    expect(isHeld(lease())).toBe(true);
    now += 1;
    expect(isHeld(lease())).toBe(false);
  });

  it('is held again once it is renewed or taken, whatever time it then lasts to', () => {
    isHeld(lease());
    now += leaseMs;
    expect(isHeld(lease({ leaseUntil: '2026-05-15 11:00:00+00' }))).toBe(true);
    now += leaseMs;
    expect(isHeld(lease({ leaseUntil: '2026-05-15 11:00:00+00', epoch: 5n }))).toBe(true);
  });

  it('is not held when it has run out or nobody leads', () => {
    expect(isHeld(lease({ hasRunOut: true }))).toBe(false);
    expect(isHeld(lease({ leader: null, leaseUntil: null }))).toBe(false);
  });

  it('is watched for each generation on its own', () => {
    isHeld(lease());
    now += leaseMs;
    expect(isHeld(lease({ generation: 2 }))).toBe(true);
    expect(isHeld(lease())).toBe(false);
  });

  it('does not count as unchanged for the time during which this process was frozen before it read the answer', () => {
    isHeld(lease());
    now += leaseMs - 100;
    const begunAt = watch.begin();
    now += 60_000;
    expect(watch.isHeld(lease(), begunAt)).toBe(true);
  });
});
