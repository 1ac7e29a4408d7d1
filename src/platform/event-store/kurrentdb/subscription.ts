import { setTimeout as sleep } from 'node:timers/promises';
import { EventStoreUnavailable, type EventBatch, type SubscribeOptions } from '../event-store.js';
import type { Connection } from './connection.js';
import { asStoreError } from './failures.js';
import { Feed } from './feed.js';

const longestBackoffMs = 5_000;

/** One feed after the other, each going on where the one before it broke: the client itself does not subscribe again. */
export async function* subscription(
  connection: Connection,
  options: SubscribeOptions,
  idleMs: number,
): AsyncGenerator<EventBatch> {
  const { signal } = options;
  const aborted = () => signal.aborted;
  let { after } = options;
  let failures = 0;
  while (!aborted()) {
    const feed = new Feed(connection, { ...options, after }, idleMs);
    const stop = () => feed.close();
    signal.addEventListener('abort', stop);
    try {
      for await (const batch of feed.batches()) {
        after = batch.position;
        failures = 0;
        yield batch;
        if (aborted()) return;
      }
    } catch (error) {
      if (aborted()) return;
      const failure = asStoreError(error);
      if (!(failure instanceof EventStoreUnavailable)) throw failure;
      failures += 1;
      const backoffMs = Math.min(50 * 2 ** failures, longestBackoffMs);
      await sleep(backoffMs, undefined, { signal }).catch(() => undefined);
    } finally {
      signal.removeEventListener('abort', stop);
      feed.close();
    }
  }
}
