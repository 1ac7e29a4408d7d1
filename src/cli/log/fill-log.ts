import { StartRefused } from '../../config/start-refused.js';
import {
  EventIdReused,
  RecordedTooEarly,
  VersionConflict,
  type EventStore,
  type RecordedEvent,
} from '../../platform/event-store/event-store.js';
import { TargetEvents } from './target-events.js';
import { extend, emptyLogHash, type Extent, type LogHash } from './log-hash.js';
import { readLog } from './read-log.js';

/** An event on its way into a log. */
export interface Incoming {
  event: RecordedEvent;
  /** For one that comes from an archive, which says what the hash is after it. An archive may begin anywhere in a log. */
  archived?: { line: number; hash: LogHash };
}

export interface Filled {
  /** The target, from its beginning to the last event that came in. */
  extent: Extent;
  /** Were there already. */
  found: number;
  restored: number;
  /** The target goes on after that. */
  holdsMore: boolean;
}

/**
 * Brings the events into the target, in order, after checking that what it holds already are the same events; so it may be run again
 * after any accident. Throws StartRefused where they differ, or where an archive's hash does not fit.
 */
export const fillLog = async (
  target: EventStore,
  incoming: AsyncIterable<readonly Incoming[]>,
  signal: AbortSignal,
): Promise<Filled> => {
  const held = new TargetEvents(readLog(target, { until: await target.lastPosition(), signal }));
  let extent = emptyLogHash;
  let found = 0;
  let restored = 0;
  try {
    for await (const batch of incoming) {
      const missing: RecordedEvent[] = [];
      for (const { event, archived } of batch) {
        if (archived && found + restored + missing.length === 0) extent = await held.skipTo(event.id);
        const extended = extend(extent, event);
        if (archived && archived.hash !== extended.hash) throw doesNotFit(archived.line, extent);
        const there = await held.next();
        if (there && extend(extent, there).hash !== extended.hash) throw differs(extended);
        if (there) found += 1;
        else missing.push(event);
        extent = extended;
      }
      signal.throwIfAborted();
      await restore(target, missing);
      restored += missing.length;
    }
    return { extent, found, restored, holdsMore: (await held.next()) !== undefined };
  } finally {
    await held.close();
  }
};

const doesNotFit = (line: number, { events }: Extent): StartRefused =>
  new StartRefused(
    line === 1
      ? `line 1 does not follow the ${events} events of the log to be filled: it is damaged, or of another log, or an archive of earlier events is to be imported first`
      : `line ${line} is damaged: its hash does not fit`,
  );

const differs = ({ events }: Extent): StartRefused =>
  new StartRefused(
    `the log to be filled holds other events: it differs from event number ${events} on; nothing was written`,
  );

const restore = async (target: EventStore, events: readonly RecordedEvent[]): Promise<void> => {
  if (events.length === 0) return;
  try {
    await target.restore(events);
  } catch (error) {
    const refusals = [VersionConflict, EventIdReused, RecordedTooEarly];
    if (!refusals.some((type) => error instanceof type)) throw error;
    throw new StartRefused(
      `the log to be filled refuses: ${(error as Error).message}; does anything else write to it?`,
      { cause: error },
    );
  }
};
