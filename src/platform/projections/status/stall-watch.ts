/**
 * How long projections have stood where they are although there is more, by this process's monotonic clock: the age of what is not
 * folded yet is told by wall clocks, and an event recorded by one that ran ahead seems to be from the future.
 */
export class StallWatch {
  private readonly stalled = new Map<string, { position: bigint; since: number }>();

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Seconds since it was first seen there; 0 where it has moved. */
  seconds(name: string, position: bigint): number {
    const known = this.stalled.get(name);
    if (known?.position === position) return (this.now() - known.since) / 1_000;
    this.stalled.set(name, { position, since: this.now() });
    return 0;
  }

  caughtUp(name: string): void {
    this.stalled.delete(name);
  }
}
