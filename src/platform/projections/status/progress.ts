/** How far a projection's served rows have come, and who waits for them to advance. */
export class Progress {
  private caughtUpTo = 0n;
  private advancedAt = -Infinity;
  private readonly listeners = new Set<() => void>();
  private readonly waiting = new Set<{ position: bigint; wake: () => void }>();

  /** The served rows include this position. A lower position than is known is ignored, since a notification may come late. */
  advance(position: bigint): void {
    if (position <= this.caughtUpTo) return;
    this.caughtUpTo = position;
    this.advancedAt = performance.now();
    for (const waiter of this.waiting) if (waiter.position <= position) waiter.wake();
    for (const listener of this.listeners) listener();
  }

  /** Calls the listener each time the served rows have advanced, until the function is called that is returned. */
  onAdvance(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** The served rows were found at this position, below the one that was known: they were made anew, or restored. */
  retreat(position: bigint): void {
    if (position < this.caughtUpTo) this.caughtUpTo = position;
  }

  includes(position: bigint): boolean {
    return position <= this.caughtUpTo;
  }

  advancedWithin(ms: number): boolean {
    return performance.now() < this.advancedAt + ms;
  }

  /** Resolves to true as soon as the position is reached, to false when `timeoutMs` pass first. */
  waitForPosition(position: bigint, timeoutMs: number): Promise<boolean> {
    if (this.includes(position)) return Promise.resolve(true);
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
