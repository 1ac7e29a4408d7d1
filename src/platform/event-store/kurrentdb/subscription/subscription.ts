import type { Bookmark } from '../../event-store.js';
import {
  EventStoreUnavailable,
  LogWentBack,
  type EventBatch,
  type SubscribeOptions,
} from '../../event-store.js';
import { FailureStreak } from '../../failure-streak.js';
import type { Connection } from '../connection/connection.js';
import { NeedsOperator, toSubscriptionError } from '../connection/store-errors.js';
import { Feed } from './feed.js';
import { markAt } from '../mark-at.js';

/** A new leader is there a second or two after the old one, and a subscription goes on soon after. */
const backoff = { firstMs: 100, maxMs: 1_000 };
/** What an operator has to mend is not asked for every second meanwhile. */
const operatorsBackoff = { firstMs: 500, maxMs: 60_000 };

/** EventStore.subscribe for KurrentDB. When a feed breaks, a new feed goes on after its last batch: the client does not resubscribe. */
export async function* kurrentSubscription(
  connection: Connection,
  options: SubscribeOptions,
  idleMs: number,
): AsyncGenerator<EventBatch> {
  const { signal } = options;
  const aborted = () => signal.aborted;
  let { after, mark } = options;
  const failures = new FailureStreak(backoff, options);
  while (!aborted()) {
    let stop: () => void = () => undefined;
    try {
      if (mark !== undefined) await assertHeld(connection, { position: after, mark });
      const feed = await Feed.open(connection, { ...options, after }, idleMs);
      stop = () => feed.close();
      signal.addEventListener('abort', stop);
      if (aborted()) return;
      for await (const batch of feed.batches()) {
        after = batch.position;
        mark = batch.bookmark?.mark ?? mark;
        failures.end();
        yield batch;
        if (aborted()) return;
      }
    } catch (error) {
      if (aborted()) return;
      if (error instanceof LogWentBack) throw error;
      const failure = toSubscriptionError(error);
      if (!(failure instanceof EventStoreUnavailable)) throw failure;
      await failures.rest(failure, failure instanceof NeedsOperator ? operatorsBackoff : backoff);
    } finally {
      signal.removeEventListener('abort', stop);
      stop();
    }
  }
}

/**
 * Throws LogWentBack when the newest event up to a place is another than was read: after a failover the new leader may lack events of
 * the old one, and have others.
 */
const assertHeld = async (connection: Connection, { position, mark }: Bookmark): Promise<void> => {
  if ((await markAt(connection, position)) !== mark) throw new LogWentBack(position);
};
