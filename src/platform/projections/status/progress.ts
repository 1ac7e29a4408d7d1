/** How far what is served has come, and whoever waits for it to come further. */
export class Progress {
  private caughtUpTo = 0n;
  private advancedAt = -Infinity;
  private readonly waiting = new Set<{ position: bigint; wake: () => void }>();

  /** News may come late: it never goes back. */
  advance(position: bigint): void {
    if (position <= this.caughtUpTo) return;
    this.caughtUpTo = position;
    this.advancedAt = performance.now();
    for (const waiter of this.waiting) if (waiter.position <= position) waiter.wake();
  }

  /** What is served was found to stand no further than this: made anew, or restored. */
  retreat(position: bigint): void {
    if (position < this.caughtUpTo) this.caughtUpTo = position;
  }

  advancedWithin(ms: number): boolean {
    return performance.now() < this.advancedAt + ms;
  }

  /** True as soon as the position is reached, false when `timeoutMs` pass first. */
  waitForPosition(position: bigint, timeoutMs: number): Promise<boolean> {
    if (position <= this.caughtUpTo) return Promise.resolve(true);
    return new Promise((resolve) => {
      const settle = (answer: boolean) => {
        clearTimeout(timer);
        this.waiting.delete(waiter);
        resolve(answer);
      };
      const waiter = { position, wake: () => settle(true) };
      const timer = setTimeout(() => settle(false), timeoutMs);
      this.waiting.add(waiter);
    });
  }
}
