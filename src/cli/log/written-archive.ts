import type { EventStore, RecordedEvent } from '../../platform/event-store/event-store.js';
import type { ProgressDone } from '../terminal/progress.js';
import { toEnvelope } from './envelope.js';
import { extend, emptyLogHash, type Extent, type LogHash } from './log-hash.js';
import { readLog } from './read-log.js';

/** What came of it, for as far as it went. */
export interface WrittenArchive {
  /** In the archive. */
  events: number;
  /** The last event's. */
  position: bigint;
  /** Of the log from its beginning to there. */
  hash: LogHash;
}

export interface WriteOptions {
  /** The archive begins after this position; 0n for the whole log. */
  after: bigint;
  signal: AbortSignal;
  onProgress: (done: ProgressDone) => void;
}

export const nothingWritten = (): WrittenArchive => ({ events: 0, position: 0n, hash: emptyLogHash.hash });

/**
 * The lines of an archive, in pieces of many; `written` is kept up to date. The log is read from its beginning in any case: each
 * line has the hash of everything before it, so archives of later events can be held to those of earlier ones.
 */
export async function* archiveOf(
  store: EventStore,
  { after, signal, onProgress }: WriteOptions,
  written: WrittenArchive,
): AsyncGenerator<string, void> {
  const log = await store.identity();
  const until = await store.lastPosition();
  // Which line is the last shows only when no other comes.
  let held: { event: RecordedEvent; hash: LogHash } | undefined;
  let extent: Extent = emptyLogHash;
  for await (const batch of readLog(store, { until, signal })) {
    let lines = '';
    for (const event of batch) {
      if (held) lines += `${toEnvelope({ ...held, log, last: false })}\n`;
      extent = extend(extent, event);
      const { hash } = extent;
      held = event.position > after ? { event, hash } : undefined;
      if (held) written.events += 1;
      written.position = event.position;
      written.hash = hash;
    }
    onProgress({ count: written.events, done: Number(written.position), total: Number(until) });
    if (lines !== '') yield lines;
  }
  if (held) yield `${toEnvelope({ ...held, log, last: true })}\n`;
}
