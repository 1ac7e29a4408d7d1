import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import { withReadDeadline } from '../read-deadline.js';

const reconnectMs = 250;
/** LISTEN is sent again over another connection when the server has not answered it after this long. */
const silenceMs = 5_000;

/**
 * LISTEN on a connection of its own, which is replaced when it is lost. `onNotification` gets each notification's payload; and,
 * since notifications are lost with a connection, undefined at each new connection: then anything may have happened.
 */
export class Listener {
  private readonly closed = new AbortController();
  private listening: Promise<void> | undefined;

  constructor(
    private readonly pool: Pool,
    private readonly channel: string,
    private readonly onNotification: (payload: string | undefined) => void,
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
    let onLost: () => void = () => undefined;
    const lost = new Promise<void>((resolve) => {
      onLost = resolve;
      // A connection that breaks may emit both events.
      client.on('error', onLost);
      client.on('end', onLost);
      this.closed.signal.addEventListener('abort', onLost);
      if (this.closed.signal.aborted) onLost();
    });
    try {
      client.on('notification', ({ payload = '' }) => this.onNotification(payload));
      await client.query(withReadDeadline(silenceMs, { text: `LISTEN ${this.channel}` }));
      this.onNotification(undefined);
      await lost;
    } finally {
      this.closed.signal.removeEventListener('abort', onLost);
      client.release(true);
    }
  }
}
