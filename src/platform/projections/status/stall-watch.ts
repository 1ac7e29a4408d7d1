/**
 * How long projections have not advanced although the log holds more, by this process's monotonic clock. The age of the next event is
 * not enough, since it is by wall clocks: an event recorded by a clock that ran ahead seems to be from the future.
 */
export class StallWatch {
  private readonly stalled = new Map<string, { position: bigint; since: number }>();

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** The seconds since the projection was first seen at this position; 0 when it has advanced. */
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
