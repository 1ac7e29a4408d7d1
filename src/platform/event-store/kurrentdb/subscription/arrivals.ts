import { EventStoreUnavailable } from '../../event-store.js';

/** The part of a readable stream that is used here; the client's own type of it is none. */
interface Source {
  read(): unknown;
  on(event: 'readable' | 'end' | 'close', listener: () => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

/**
 * What a subscription brings, in order. It is taken, never pushed: what is not taken stays where it is, and when the stream's
 * own buffer is full, nothing more is read from the wire. (A listener to 'data' would be called on, however slow it is.)
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

  /** The next of what has come; undefined when nothing has. Throws when all is taken and nothing more can come. */
  take(): Item | undefined {
    const item = this.source.read() as Item | null;
    if (item === null && this.failure) throw this.failure;
    return item ?? undefined;
  }

  /** Until something comes, nothing more can come, or the time is over. */
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
