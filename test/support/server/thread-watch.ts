/** Watches how long the thread is held at a time, in milliseconds of the processor's: what else the machine does takes none of it. */
export class ThreadWatch {
  private longestMicros = 0;
  private since = process.cpuUsage();
  private watching = true;

  constructor() {
    this.look();
  }

  /** The longest time that nobody else had their turn. */
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
