import type { Pool } from 'pg';
import { Listener } from '../../database/connections/listener.js';

/**
 * Readers are woken no more often than this, all of them together, so that they read one page between them. At 500 appends a
 * second and seven projections on two cores: woken each time, what was written took 41 to 61 ms (median) to show in the figures
 * and an append 8 to 12; every 20 ms, 20 and 4. Every 12 or 15 ms was still too often.
 */
export const paceMs = 20;

/**
 * Wakes readers when something was appended, by whatever process. A notification may be lost with its connection, so readers
 * poll beneath it; after a reconnect everyone is woken once.
 */
export class WakeUp {
  private waiting = new Set<() => void>();
  private counted = 0;
  private wokenAt = -Infinity;
  private next: NodeJS.Timeout | undefined;
  private readonly listener: Listener;

  constructor(pool: Pool, channel: string) {
    this.listener = new Listener(pool, channel, () => this.wakeSoon());
  }

  /** How many notifications have come so far: look before reading, and what comes in between is not missed. */
  get signs(): number {
    this.listener.start();
    return this.counted;
  }

  /** Resolves once there were more notifications than `signs`, after `timeoutMs`, or when `signal` aborts. */
  since(signs: number, timeoutMs: number, signal: AbortSignal): Promise<void> {
    if (this.counted > signs || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        this.waiting.delete(done);
        resolve();
      };
      const timer = setTimeout(done, timeoutMs);
      signal.addEventListener('abort', done);
      this.waiting.add(done);
    });
  }

  async close(): Promise<void> {
    this.wakeAll();
    await this.listener.close();
  }

  private wakeSoon(): void {
    if (this.next) return;
    const restMs = this.wokenAt + paceMs - performance.now();
    if (restMs <= 0) this.wakeAll();
    else this.next = setTimeout(() => this.wakeAll(), restMs);
  }

  private wakeAll(): void {
    clearTimeout(this.next);
    this.next = undefined;
    this.wokenAt = performance.now();
    this.counted += 1;
    for (const wake of [...this.waiting]) wake();
  }
}
