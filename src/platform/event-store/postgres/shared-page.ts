import { markOf, noMark } from '../bookmark.js';
import type { RecordedEvent } from '../event-store.js';

export interface EventPage {
  events: readonly RecordedEvent[];
  /** Whether there was nothing more when it was read. */
  caughtUp: boolean;
  bytes?: number;
  /** The mark of the event that the page follows, undefined where there is none; absent where the page does not tell. */
  follows?: { mark: string | undefined };
}

/** What is read after a position, from the event at it on; that one may lack its data. */
export interface PageRead {
  anchor: RecordedEvent | undefined;
  events: readonly RecordedEvent[];
  bytes?: number;
}

/** A reader that polls, because a notification may be lost, wants a page that was read after it began to wait. */
const sharedMs = 100;

interface PageRequest {
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
  private newest: (PageRequest & { at: number; page: Promise<EventPage> }) | undefined;

  constructor(private readonly read: (after: bigint, size: number) => Promise<PageRead>) {}

  /** The events after a position, `size` of them at most. */
  async after(asked: PageRequest): Promise<EventPage> {
    const { newest } = this;
    if (
      newest?.signs === asked.signs &&
      newest.after <= asked.after &&
      performance.now() - newest.at < sharedMs
    ) {
      const { events, caughtUp, follows, bytes } = await newest.page;
      const skipped = Number(asked.after - newest.after);
      const later = events.slice(skipped);
      const last = events[skipped - 1];
      const known = skipped === 0 ? follows : last && { mark: markOf(last) };
      if (caughtUp || later.length > 0)
        return firstOf(
          {
            ...{ events: later, caughtUp },
            ...(known && { follows: known }),
            ...(bytes !== undefined && { bytes }),
          },
          asked.size,
        );
    }
    const page = this.readPage(asked);
    this.newest = { ...asked, at: performance.now(), page };
    return page;
  }

  private async readPage({ after, size }: PageRequest): Promise<EventPage> {
    const { anchor, events, bytes } = await this.read(after, size);
    const mark = after === 0n ? noMark : anchor && markOf(anchor);
    const page = { events, caughtUp: events.length < size, follows: { mark } };
    return bytes === undefined ? page : { ...page, bytes };
  }
}

const firstOf = (page: EventPage, size: number): EventPage =>
  page.events.length > size ? { ...page, events: page.events.slice(0, size), caughtUp: false } : page;
