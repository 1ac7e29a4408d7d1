import { StartRefused } from '../../config/start-refused.js';
import type { EventStore } from '../../platform/event-store/event-store.js';
import { createProgress } from '../terminal/progress.js';
import { fillLog, type Incoming } from './fill-log.js';
import { verifyLog } from './verify-log.js';

export interface MoveOptions {
  /** Whether the target may have gone on by itself after the last event that comes in. */
  mayHoldMore: boolean;
  signal: AbortSignal;
  /** Called when no more comes in. */
  onFilled: () => void;
}

/** Fills a log, reads it again to see that it holds what it should, and says so in one line of JSON on standard output. */
export const moveEvents = async (
  target: EventStore,
  incoming: AsyncIterable<readonly Incoming[]>,
  { mayHoldMore, signal, onFilled }: MoveOptions,
): Promise<void> => {
  const { extent, found, restored, holdsMore } = await fillLog(target, incoming, signal).finally(onFilled);
  if (found > 0) process.stderr.write(`${found} events were there already\n`);
  if (holdsMore && !mayHoldMore) {
    throw new StartRefused(`the log to be filled holds more than these ${extent.events} events`);
  }
  const progress = createProgress('events verified');
  const verified = verifyLog(target, extent, { signal, onProgress: progress.show });
  const position = await verified.finally(() => progress.stop());
  const { hash } = extent;
  process.stdout.write(`${JSON.stringify({ events: found + restored, hash, position: String(position) })}\n`);
};
