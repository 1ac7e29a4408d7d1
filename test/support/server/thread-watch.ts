/** Measures how long the event loop is blocked at most, in ms of processor time, which other load of the machine does not affect. */
export class ThreadWatch {
  private longestMicros = 0;
  private since = process.cpuUsage();
  private watching = true;

  constructor() {
    this.look();
  }

  /** Stops watching; returns the longest time between two turns of the event loop, in ms. */
  stop(): number {
    this.watching = false;
    this.note();
    return this.longestMicros / 1_000;
  }

  private look(): void {
    setImmediate(() => {
      if (!this.watching) return;
      this.note();
      this.look();
    });
  }

  private note(): void {
    const { user, system } = process.cpuUsage(this.since);
    this.longestMicros = Math.max(this.longestMicros, user + system);
    this.since = process.cpuUsage();
  }
}
