import type { RecordedEvent } from '../event-store.js';

export interface Page {
  events: readonly RecordedEvent[];
  /** Whether there was nothing more when it was read. */
  caughtUp: boolean;
}

/** A reader that polls, because a notification may be lost, wants a page that was read after it began to wait. */
const sharedMs = 100;

interface Asked {
  /** The reader's count of notifications before it asked. */
  signs: number;
  after: bigint;
  size: number;
}

/**
 * The newest page of the log, read once for all who are woken by the same notification: every projection follows the log, and
 * so does whoever else shows it live. Their JSON is parsed once, too.
 */
export class SharedPage {
  private newest: (Asked & { at: number; page: Promise<Page> }) | undefined;

  constructor(private readonly read: (after: bigint, size: number) => Promise<readonly RecordedEvent[]>) {}

  /** The events after a position, `size` of them at most. */
  async after(asked: Asked): Promise<Page> {
    const { newest } = this;
    if (newest?.signs === asked.signs && newest.after <= asked.after && performance.now() - newest.at < sharedMs) {
      const { events, caughtUp } = await newest.page;
      const later = events.slice(Number(asked.after - newest.after));
      if (caughtUp || later.length > 0) return firstOf({ events: later, caughtUp }, asked.size);
    }
    const page = this.readPage(asked);
    this.newest = { ...asked, at: performance.now(), page };
    return page;
  }

  private async readPage({ after, size }: Asked): Promise<Page> {
    const events = await this.read(after, size);
    return { events, caughtUp: events.length < size };
  }
}

const firstOf = ({ events, caughtUp }: Page, size: number): Page =>
  events.length > size ? { events: events.slice(0, size), caughtUp: false } : { events, caughtUp };
