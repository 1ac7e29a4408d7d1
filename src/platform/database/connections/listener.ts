import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import { withReadDeadline } from '../read-deadline.js';

const reconnectMs = 250;
/** A server that has not answered after so long is asked over another connection. */
const silenceMs = 5_000;

/**
 * LISTEN on a connection of its own, taken again when it is lost. `heard` gets each notification's payload; and, since a
 * notification is lost with its connection, undefined each time there is a new one: then anything may have happened.
 */
export class Listener {
  private readonly closed = new AbortController();
  private listening: Promise<void> | undefined;

  constructor(
    private readonly pool: Pool,
    private readonly channel: string,
    private readonly heard: (payload: string | undefined) => void,
  ) {}

  start(): void {
    this.listening ??= this.listen();
  }

  async close(): Promise<void> {
    this.closed.abort();
    await this.listening;
  }

  private async listen(): Promise<void> {
    while (!this.closed.signal.aborted) {
      try {
        await this.listenUntilLost();
      } catch {
        await sleep(reconnectMs, undefined, { signal: this.closed.signal }).catch(() => undefined);
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
      client.on('notification', ({ payload = '' }) => this.heard(payload));
      await client.query(withReadDeadline(silenceMs, { text: `LISTEN ${this.channel}` }));
      this.heard(undefined);
      await lost;
    } finally {
      this.closed.signal.removeEventListener('abort', letGo);
      client.release(true);
    }
  }
}
