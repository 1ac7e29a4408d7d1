import type { GenerationKey } from '../rebuild/generation-tables.js';

/** A lease as it was read. `leaseUntil` changes each time the leader renews the lease, whatever time the clocks show. */
export interface ObservedLease extends GenerationKey {
  leader: string | null;
  epoch: bigint;
  /** As PostgreSQL writes it; null when nobody holds the lease. */
  leaseUntil: string | null;
  /** Whether it has run out by PostgreSQL's clock. */
  hasRunOut: boolean;
}

/**
 * Decides which leases are held. When PostgreSQL's clock is set back after a leader died, the leader's lease would last longer by as
 * much: so a lease that was seen unchanged for its whole length, by this process's own monotonic clock, has run out too.
 */
export class LeaseWatch {
  private readonly seen = new Map<string, { lease: string; since: number }>();

  constructor(
    private readonly leaseMs: number,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** To be called before leases are read; returns the time for `isHeld`, so that the time the query takes does not count. */
  begin(): number {
    return this.now();
  }

  /** Whether a lease is held. `begunAt` is what `begin` returned before the lease was read. */
  isHeld(seen: ObservedLease, begunAt: number): boolean {
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
