import type { Bookmark } from '../../event-store/event-store.js';
import { LogWentBack, type EventStore } from '../../event-store/event-store.js';

/** How far rows were made from the log, and the newest event of it that they were made from. */
export interface ReadSoFar {
  position: bigint;
  /** null where it was not kept: then only the position can tell. */
  bookmark: Bookmark | null;
}

/** Whether the log still holds what was read of it. Throws EventStoreUnavailable. */
export const holds = async (store: EventStore, { position, bookmark }: ReadSoFar): Promise<boolean> => {
  if (bookmark && (await store.markAt(bookmark.position)) !== bookmark.mark) return false;
  if (bookmark?.position === position || !store.countsPositions) return true;
  return (await store.markAt(position)) !== undefined;
};

/** Throws LogWentBack, EventStoreUnavailable. */
export const assertHolds = async (store: EventStore, read: ReadSoFar): Promise<void> => {
  if (!(await holds(store, read))) throw new LogWentBack(read.position);
};
