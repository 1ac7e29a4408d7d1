import { memoized } from '../../../shared/memoized.js';
import type { Bookmark } from '../../event-store/event-store.js';
import { LogWentBack, type EventStore } from '../../event-store/event-store.js';

/** How far a generation has read the log, and the newest event that it read. */
export interface ReadSoFar {
  position: bigint;
  /** null when it was not kept: then only the position can be checked. */
  bookmark: Bookmark | null;
}

/** The part of an event store that shows whether a log is still the same. */
export type MarkedLog = Pick<EventStore, 'countsPositions' | 'markAt'>;

/** The same log with each mark read once, for checking several generations together. */
export const rememberedMarks = (store: MarkedLog): MarkedLog => ({
  countsPositions: store.countsPositions,
  markAt: memoized((position: bigint) => store.markAt(position)),
});

/** Whether the log still holds everything that was read of it. Throws EventStoreUnavailable. */
export const logHolds = async (store: MarkedLog, { position, bookmark }: ReadSoFar): Promise<boolean> => {
  if (bookmark && (await store.markAt(bookmark.position)) !== bookmark.mark) return false;
  if (bookmark?.position === position || !store.countsPositions) return true;
  return (await store.markAt(position)) !== undefined;
};

/** Throws LogWentBack unless the log still holds everything that was read of it; and EventStoreUnavailable. */
export const assertHolds = async (store: EventStore, read: ReadSoFar): Promise<void> => {
  if (!(await logHolds(store, read))) throw new LogWentBack(read.position);
};
