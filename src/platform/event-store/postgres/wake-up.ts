import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';

/**
 * Wakes readers when something was appended, by whatever process: LISTEN on a connection of its own. A notification may be lost
 * with its connection, so readers poll beneath it; after a reconnect everyone is woken once.
 */
export class WakeUp {
  private waiting = new Set<() => void>();
  private counted = 0;
  private readonly closed = new AbortController();
  private listening: Promise<void> | undefined;

  constructor(
    private readonly pool: Pool,
    private readonly channel: string,
  ) {}

  /** How many notifications have come so far: look before reading, and what comes in between is not missed. */
  get signs(): number {
    this.listening ??= this.listen();
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
    this.closed.abort();
    this.wakeAll();
    await this.listening;
  }

  private wakeAll(): void {
    this.counted += 1;
    for (const wake of [...this.waiting]) wake();
  }

  private async listen(): Promise<void> {
    while (!this.closed.signal.aborted) {
      try {
        await this.listenUntilLost();
      } catch {
        await sleep(250, undefined, { signal: this.closed.signal }).catch(() => undefined);
      }
    }
  }

  private async listenUntilLost(): Promise<void> {
    const client: PoolClient = await this.pool.connect();
    let letGo: () => void = () => undefined;
    const lost = new Promise<void>((resolve) => {
      letGo = resolve;
      // One that breaks may say so twice.
      client.on('error', letGo);
      client.on('end', letGo);
      this.closed.signal.addEventListener('abort', letGo);
      if (this.closed.signal.aborted) letGo();
    });
    try {
      client.on('notification', () => this.wakeAll());
      await client.query(`LISTEN ${this.channel}`);
      this.wakeAll();
      await lost;
    } finally {
      this.closed.signal.removeEventListener('abort', letGo);
      client.release(true);
    }
  }
}
