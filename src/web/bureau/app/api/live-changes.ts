import { backoffMs } from '../../../../shared/concurrency/backoff.js';
import type { Ticket } from './answers.js';

/** A change of a ticket, as the server tells it while it happens. */
export interface LiveChange {
  ticketId: string;
  revision: number;
  /** Of the event in the log: what is read with this `minPosition` has it. */
  position: string;
  type: string;
  actor: string;
  commandId: string;
  /** As it is after the change; undefined where it has left: merged, or at another establishment. */
  ticket: Ticket | undefined;
  /** Why there is no ticket. */
  reason?: 'merged' | 'transferred';
  mergedInto?: string | null;
}

interface Listener {
  changed(change: LiveChange): void;
  /** The stream is open: what happened before is known only by reading it again, unless it is the first time. */
  opened(): void;
  /** The stream is broken. */
  broken(): void;
  /** The log went back: all that was told is to be forgotten, and read again with this position. */
  resync(position: string): void;
}

const backoff = { firstMs: 1_000, maxMs: 30_000 };

/** Live changes as server-sent events, opened again whenever they end. */
export class LiveChanges {
  private source: EventSource | undefined;
  private failures = 0;
  private waiting: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly listener: Listener) {
    addEventListener('online', () => this.reopen());
    addEventListener('offline', () => this.lose());
  }

  open(): void {
    const source = new EventSource('/v1/events');
    this.source = source;
    source.onopen = () => {
      this.failures = 0;
      this.listener.opened();
    };
    // The browser would try again by itself, but not after every answer: it is always done here.
    source.onerror = () => this.lose();
    source.addEventListener('ticket', ({ data }: MessageEvent<string>) =>
      this.listener.changed(JSON.parse(data) as LiveChange),
    );
    source.addEventListener('tombstone', ({ data }: MessageEvent<string>) =>
      this.listener.changed({ ...(JSON.parse(data) as LiveChange), ticket: undefined }),
    );
    source.addEventListener('resync', ({ data }: MessageEvent<string>) =>
      this.listener.resync((JSON.parse(data) as LiveChange).position),
    );
  }

  /** Tries again at once. */
  reopen(): void {
    clearTimeout(this.waiting);
    this.source?.close();
    this.open();
  }

  private lose(): void {
    this.source?.close();
    clearTimeout(this.waiting);
    this.failures += 1;
    this.waiting = setTimeout(() => this.open(), backoffMs(backoff, this.failures));
    this.listener.broken();
  }
}
