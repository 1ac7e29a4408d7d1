import { EventStoreUnavailable } from '../../event-store.js';
import type { Connection } from '../connection/connection.js';
import type { SubscriptionCall } from '../connection/read-call.js';
import type { ReadResponse, StoredEvent } from '../connection/read-response.js';

/** A notice between events: how far the server has looked (a checkpoint), or that the subscription has caught up. */
type Notice = { checkpoint: bigint } | 'caught-up';

export type Item = { event: StoredEvent } | Notice;

/** The items of a subscription, in order. They are pulled: what is not taken stays on the server, but for one stream's window. */
export class Wire {
  private constructor(
    private readonly call: SubscriptionCall,
    private readonly failed: (error: unknown) => void,
  ) {}

  static async open(connection: Connection, after: bigint): Promise<Wire> {
    const { call, failed } = await connection.subscribe(after);
    return new Wire(call, failed);
  }

  /** How many bytes have arrived so far. */
  get bytes(): number {
    return this.call.bytes;
  }

  /** The next item that has arrived; undefined when there is none. Throws when all are taken and no more can arrive. */
  take(): Item | undefined {
    for (let response = this.takeResponse(); response; response = this.takeResponse()) {
      if (response !== 'other') return response;
    }
    if (this.call.isEnded) throw new EventStoreUnavailable('KurrentDB ended the subscription');
    return undefined;
  }

  /** Resolves when something arrives, when nothing more can arrive, or after `ms`. */
  wait(ms: number): Promise<void> {
    return this.call.wait(ms);
  }

  close(): void {
    this.call.cancel();
  }

  private takeResponse(): ReadResponse | undefined {
    try {
      return this.call.take();
    } catch (error) {
      this.failed(error);
      throw error;
    }
  }
}
