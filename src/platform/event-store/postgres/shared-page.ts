import { markOf, noMark } from '../bookmark.js';
import type { RecordedEvent } from '../event-store.js';

export interface EventPage {
  events: readonly RecordedEvent[];
  /** Whether the log held nothing more when the page was read. */
  caughtUp: boolean;
  bytes?: number;
  /** The mark of the event that the page follows, undefined when the log has no such event; absent when the page does not show it. */
  follows?: { mark: string | undefined };
}

/** What was read after a position. `anchor` is the event at the position itself, which may lack its data. */
export interface PageRead {
  anchor: RecordedEvent | undefined;
  events: readonly RecordedEvent[];
  bytes?: number;
}

/** How long a page is shared. A reader that polls, since a notification may be lost, needs a page that was read after it began to wait. */
const sharedMs = 100;

interface PageRequest {
  /** How many notifications there had been before the reader request. */
  signs: number;
  after: bigint;
  size: number;
}

/**
 * The newest page of the log, read once for all readers that the same notification woke: every projection follows the log, and so
 * does each live view. The events' JSON is parsed once for all of them, too.
 */
export class SharedPage {
  private newest: (PageRequest & { at: number; page: Promise<EventPage> }) | undefined;

  constructor(private readonly read: (after: bigint, size: number) => Promise<PageRead>) {}

  /** The events after a position, `size` of them at most. */
  async after(request: PageRequest): Promise<EventPage> {
    const { newest } = this;
    if (
      newest?.signs === request.signs &&
      newest.after <= request.after &&
      performance.now() - newest.at < sharedMs
    ) {
      const { events, caughtUp, follows, bytes } = await newest.page;
      const skipped = Number(request.after - newest.after);
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
          request.size,
        );
    }
    const page = this.readPage(request);
    this.newest = { ...request, at: performance.now(), page };
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
