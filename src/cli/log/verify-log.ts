import { StartRefused } from '../../config/start-refused.js';
import type { EventStore } from '../../platform/event-store/event-store.js';
import type { ProgressDone } from '../terminal/progress.js';
import { extend, emptyLogHash, type Extent } from './log-hash.js';
import { readLog } from './read-log.js';

export interface VerifyLogOptions {
  signal: AbortSignal;
  onProgress: (done: ProgressDone) => void;
}

/** Reads a log and gives the position where it has this extent. Throws StartRefused where it does not begin with just these events. */
export const verifyLog = async (
  store: EventStore,
  expected: Extent,
  { signal, onProgress }: VerifyLogOptions,
): Promise<bigint> => {
  let read = emptyLogHash;
  let position = 0n;
  const until = await store.lastPosition();
  for await (const batch of readLog(store, { until, signal })) {
    for (const event of batch.slice(0, expected.events - read.events)) {
      read = extend(read, event);
      ({ position } = event);
    }
    onProgress({ count: read.events, done: read.events, total: expected.events });
    if (read.events === expected.events) break;
  }
  if (read.hash !== expected.hash) {
    throw new StartRefused(
      `the filled log is not what it should be: ${read.events} events with hash ${read.hash}, expected ${expected.events} with ${expected.hash}`,
    );
  }
  return position;
};
