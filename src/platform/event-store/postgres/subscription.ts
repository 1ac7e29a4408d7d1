import { bookmarkOf, markOf } from '../bookmark.js';
import { eventFilter } from '../event-filter.js';
import {
  EventStoreUnavailable,
  LogWentBack,
  type EventBatch,
  type RecordedEvent,
  type SubscribeOptions,
} from '../event-store.js';
import { FailureStreak } from '../failure-streak.js';
import type { EventPage, LogPages } from './log-pages.js';
import { PageSize } from './page-size.js';
import type { WakeUp } from './wake-up.js';

/** How often readers poll beside the notifications, since a notification may be lost. */
const pollMs = 1_000;
const backoff = { firstMs: 100, maxMs: 5_000 };
/** A selected page is read whole: this many of the longest events that people write are some megabytes. */
const maxSelected = 250;
/** A batch of a thousand commands is still selected; a reader that is further behind, or meets long texts, uses COPY. */
const maxSelectedPages = 8;
const maxSelectedBytes = 1_000_000;

/** EventStore.subscribe for PostgreSQL, for one reader by itself. */
export async function* subscription(
  pages: LogPages,
  wakeUp: WakeUp,
  options: SubscribeOptions,
): AsyncGenerator<EventBatch> {
  const { signal, batchSize = 1_000, without = [] } = options;
  const copied = new PageSize(batchSize);
  const isWanted = eventFilter(options);
  let { after: position, mark } = options;
  const failures = new FailureStreak(backoff, options);
  let selectsLeft = 0;
  while (!signal.aborted) {
    const signs = wakeUp.count;
    let page: EventPage;
    try {
      page = await (selectsLeft > 0
        ? pages.select(position, Math.min(batchSize, maxSelected))
        : pages.copy(position, copied, without));
      failures.end();
    } catch (error) {
      if (!(error instanceof EventStoreUnavailable)) throw error;
      await failures.rest(error);
      continue;
    }
    const { caughtUp, bytes } = page;
    mark = assertFollows(page, { position, mark });
    position = assertContiguous(page.events, position);
    const last = page.events.at(-1);
    if (last) mark = markOf(last);
    selectsLeft = caughtUp ? maxSelectedPages : bytes > maxSelectedBytes ? 0 : selectsLeft - 1;
    const events = page.events.filter(isWanted);
    yield { events, position, caughtUp, bytes, bookmark: last && bookmarkOf(last) };
    if (caughtUp) await wakeUp.since(signs, pollMs, signal);
  }
}

/** The mark of the event that the page follows. Throws LogWentBack when it is not the event that the reader read. */
const assertFollows = (
  { follows }: EventPage,
  { position, mark }: { position: bigint; mark: string | undefined },
): string => {
  if (follows === undefined || (mark !== undefined && follows !== mark)) throw new LogWentBack(position);
  return follows;
};

/** The position of the last event. Throws at a gap: an event would be missing, and every figure after it wrong, so it is better to stop. */
const assertContiguous = (events: readonly RecordedEvent[], after: bigint): bigint => {
  let position = after;
  for (const event of events) {
    if (event.position !== position + 1n) {
      throw new Error(`the log has a gap: position ${position} is followed by ${event.position}`);
    }
    position = event.position;
  }
  return position;
};
