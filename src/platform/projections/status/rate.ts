const windowMs = 5_000;

/** The rate per second over the last five seconds, or since the start if that is shorter. */
export class Rate {
  private readonly counts: { at: number; count: number }[] = [];
  private readonly since = performance.now();

  add(count: number): void {
    this.counts.push({ at: performance.now(), count });
  }

  perSecond(): number {
    const now = performance.now();
    while (this.counts[0] && this.counts[0].at < now - windowMs) this.counts.shift();
    const sum = this.counts.reduce((total, { count }) => total + count, 0);
    return (sum * 1000) / Math.max(Math.min(windowMs, now - this.since), 1);
  }
}
