/** How long events are gathered while nobody waits for them: fewer and larger transactions cost less. */
const gatherMs = 100;
/** How long nothing is gathered after somebody has waited: who waits once is likely to wait again. */
const awaitedMs = 1_000;

/** When the projections of a process read on after they have caught up: all at the same moments, so that they write together. */
export class WritePace {
  private awaitedUntil = -Infinity;
  private next: { due: Promise<void>; end: () => void } | undefined;

  /** Whether somebody waits, or has just waited. */
  get isAwaited(): boolean {
    return performance.now() < this.awaitedUntil;
  }

  /** Somebody waits for what the projections have not written yet. */
  awaited(): void {
    this.awaitedUntil = performance.now() + awaitedMs;
    this.next?.end();
  }

  /** Resolves when there is a reason to read on, or the signal aborts. */
  async rest(signal: AbortSignal): Promise<void> {
    if (this.isAwaited || signal.aborted) return;
    this.next ??= this.begin();
    const { due } = this.next;
    let stop: () => void = () => undefined;
    const stopped = new Promise<void>((resolve) => (stop = resolve));
    signal.addEventListener('abort', stop);
    await Promise.race([due, stopped]);
    signal.removeEventListener('abort', stop);
  }

  private begin(): { due: Promise<void>; end: () => void } {
    let end: () => void = () => undefined;
    const due = new Promise<void>((resolve) => {
      end = () => {
        clearTimeout(timer);
        this.next = undefined;
        resolve();
      };
      const timer = setTimeout(end, gatherMs);
    });
    return { due, end };
  }
}
