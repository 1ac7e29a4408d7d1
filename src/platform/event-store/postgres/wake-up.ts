import type { Pool } from 'pg';
import { Listener } from '../../database/listener.js';

/**
 * Wakes readers when something was appended, by whatever process. A notification may be lost with its connection, so readers
 * poll beneath it; after a reconnect everyone is woken once.
 */
export class WakeUp {
  private waiting = new Set<() => void>();
  private counted = 0;
  private readonly listener: Listener;

  constructor(pool: Pool, channel: string) {
    this.listener = new Listener(pool, channel, () => this.wakeAll());
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

  private wakeAll(): void {
    this.counted += 1;
    for (const wake of [...this.waiting]) wake();
  }
}
