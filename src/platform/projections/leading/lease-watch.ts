import type { GenerationKey } from '../rebuild/generation-tables.js';

/** A lease as it is read: `leaseUntil` changes each time that its holder renews it, whatever time the clocks show. */
export interface SeenLease extends GenerationKey {
  leader: string | null;
  epoch: bigint;
  /** As PostgreSQL writes it; null where nobody holds it. */
  leaseUntil: string | null;
  /** By PostgreSQL's clock. */
  hasRunOut: boolean;
}

/**
 * Tells which leases are held. PostgreSQL's clock may have been set back since a holder died, and its lease would then last for as
 * long as that: so one that was seen unchanged for its whole length, by this process's own monotonic clock, has run out too.
 */
export class LeaseWatch {
  private readonly seen = new Map<string, { lease: string; since: number }>();

  constructor(
    private readonly leaseMs: number,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Before leases are read: what was read then is at least as new as this. */
  begin(): number {
    return this.now();
  }

  /** `begunAt`: what `begin` gave. */
  isHeld(seen: SeenLease, begunAt: number): boolean {
    const { leader, leaseUntil, hasRunOut } = seen;
    if (leader === null || leaseUntil === null || hasRunOut) return false;
    const key = `${seen.name} ${seen.generation}`;
    const lease = `${leader} ${seen.epoch} ${leaseUntil}`;
    const known = this.seen.get(key);
    if (known?.lease === lease) return begunAt - known.since < this.leaseMs;
    this.seen.set(key, { lease, since: this.now() });
    return true;
  }
}
