import { beforeEach, describe, expect, it } from '@jest/globals';
import { LeaseWatch, type SeenLease } from './lease-watch.js';

const leaseMs = 3_000;
let now: number;
let watch: LeaseWatch;
beforeEach(() => {
  now = 100_000;
  watch = new LeaseWatch(leaseMs, () => now);
});

const lease = (changes: Partial<SeenLease> = {}): SeenLease => ({
  ...{ name: 'daily-figures', generation: 1, leader: 'a:1:x', epoch: 4n },
  ...{ leaseUntil: '2026-05-15 12:00:03+00', hasRunOut: false },
  ...changes,
});
const isHeld = (seen: SeenLease) => watch.isHeld(seen, watch.begin());

describe('a lease', () => {
  it('is held by whoever renews it', () => {
    for (let second = 3; second < 60; second += 1) {
      expect(isHeld(lease({ leaseUntil: `2026-05-15 12:00:${second}+00` }))).toBe(true);
      now += 1_000;
    }
  });

  it('is not held once it was not renewed for its length, although PostgreSQL’s clock says that it is', () => {
    expect(isHeld(lease())).toBe(true);
    now += leaseMs - 1;
    expect(isHeld(lease())).toBe(true);
    now += 1;
    expect(isHeld(lease())).toBe(false);
  });

  it('is held again once it is renewed or taken, to whatever time', () => {
    isHeld(lease());
    now += leaseMs;
    expect(isHeld(lease({ leaseUntil: '2026-05-15 11:00:00+00' }))).toBe(true);
    now += leaseMs;
    expect(isHeld(lease({ leaseUntil: '2026-05-15 11:00:00+00', epoch: 5n }))).toBe(true);
  });

  it('is not held where it has run out or nobody has it', () => {
    expect(isHeld(lease({ hasRunOut: true }))).toBe(false);
    expect(isHeld(lease({ leader: null, leaseUntil: null }))).toBe(false);
  });

  it('of one generation says nothing of another’s', () => {
    isHeld(lease());
    now += leaseMs;
    expect(isHeld(lease({ generation: 2 }))).toBe(true);
    expect(isHeld(lease())).toBe(false);
  });

  it('is not taken for unchanged over the time that an answer lay with a process that was frozen', () => {
    isHeld(lease());
    now += leaseMs - 100;
    const begunAt = watch.begin();
    now += 60_000;
    expect(watch.isHeld(lease(), begunAt)).toBe(true);
  });
});
