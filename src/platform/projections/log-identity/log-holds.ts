import type { Bookmark } from '../../event-store/event-store.js';
import { LogWentBack, type EventStore } from '../../event-store/event-store.js';

/** How far rows were made from the log, and the newest event of it that they were made from. */
export interface ReadSoFar {
  position: bigint;
  /** null where it was not kept: then only the position can tell. */
  bookmark: Bookmark | null;
}

/** What tells a log from others. */
export type MarkedLog = Pick<EventStore, 'countsPositions' | 'markAt'>;

/** The same log, asked once for each position: for one look at several things. */
export const rememberedMarks = (store: MarkedLog): MarkedLog => {
  const marks = new Map<bigint, Promise<string | undefined>>();
  return {
    countsPositions: store.countsPositions,
    markAt: (position) => {
      const mark = marks.get(position) ?? store.markAt(position);
      marks.set(position, mark);
      return mark;
    },
  };
};

/** Whether the log still holds what was read of it. Throws EventStoreUnavailable. */
export const logHolds = async (store: MarkedLog, { position, bookmark }: ReadSoFar): Promise<boolean> => {
  if (bookmark && (await store.markAt(bookmark.position)) !== bookmark.mark) return false;
  if (bookmark?.position === position || !store.countsPositions) return true;
  return (await store.markAt(position)) !== undefined;
};

/** Throws LogWentBack, EventStoreUnavailable. */
export const assertHolds = async (store: EventStore, read: ReadSoFar): Promise<void> => {
  if (!(await logHolds(store, read))) throw new LogWentBack(read.position);
};
