import { EventStoreUnavailable } from '../../event-store.js';

/** The part of a readable stream that is used here; the client's own type does not declare one. */
interface Source {
  read(): unknown;
  on(event: 'readable' | 'end' | 'close', listener: () => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

/**
 * The items of a subscription, in order. They are pulled, never pushed: items that are not taken stay in the stream's buffer, and when
 * that is full, nothing more is read from the network. (A 'data' listener would be called again and again, however slow it is.)
 */
export class ArrivalQueue<Item> {
  private failure: Error | undefined;
  private wake: () => void = () => undefined;

  constructor(private readonly source: Source) {
    source.on('readable', () => this.wake());
    source.on('error', (error) => this.fail(error));
    source.on('end', () => this.fail(new EventStoreUnavailable('KurrentDB ended the subscription')));
    source.on('close', () => this.fail(new EventStoreUnavailable('the subscription is closed')));
  }

  /** The next item that has arrived; undefined when there is none. Throws when all are taken and no more can arrive. */
  take(): Item | undefined {
    const item = this.source.read() as Item | null;
    if (item === null && this.failure) throw this.failure;
    return item ?? undefined;
  }

  /** Resolves when something arrives, when nothing more can arrive, or after `ms`. */
  wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.wake(), ms);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
      if (this.failure) this.wake();
    });
  }

  private fail(error: Error): void {
    this.failure ??= error;
    this.wake();
  }
}
