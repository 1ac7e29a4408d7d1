import { setTimeout as sleep } from 'node:timers/promises';
import type { EventStore } from './event-store.js';

const pollMs = 20;

interface Waiter {
  position: bigint;
  deadline: number;
  resolve: (isReached: boolean) => void;
  reject: (error: unknown) => void;
}

/**
 * The end of a log, looked at once for all who wait for it: each looking for itself, three hundred requests for a position that
 * never comes would ask the database fifteen thousand times a second.
 */
export class EndOfLog {
  private readonly waiting = new Set<Waiter>();
  private looking = false;
  private wake = new AbortController();

  constructor(private readonly store: Pick<EventStore, 'lastPosition'>) {}

  /** True as soon as the log holds the position, false when `timeoutMs` pass first. Throws what the store throws. */
  waitForPosition(position: bigint, timeoutMs: number): Promise<boolean> {
    return new Promise((resolve, reject) => {
      this.waiting.add({ position, deadline: performance.now() + timeoutMs, resolve, reject });
      this.wake.abort();
      void this.look();
    });
  }

  private async look(): Promise<void> {
    if (this.looking) return;
    this.looking = true;
    while (this.waiting.size > 0) {
      this.wake = new AbortController();
      await this.lookOnce([...this.waiting]);
      // Whoever comes meanwhile is not kept waiting.
      if (this.waiting.size > 0) await sleep(pollMs, undefined, this.wake).catch(() => undefined);
    }
    this.looking = false;
  }

  private async lookOnce(asked: readonly Waiter[]): Promise<void> {
    try {
      const end = await this.store.lastPosition();
      const now = performance.now();
      for (const waiter of asked) {
        const isReached = waiter.position <= end;
        if (!isReached && now < waiter.deadline) continue;
        this.waiting.delete(waiter);
        waiter.resolve(isReached);
      }
    } catch (error) {
      for (const waiter of asked) {
        this.waiting.delete(waiter);
        waiter.reject(error);
      }
    }
  }
}
