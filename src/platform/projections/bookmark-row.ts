import type { Bookmark } from '../event-store/event-store.js';

export interface BookmarkRow {
  mark: string | null;
  mark_position: string | null;
}

/** The bookmark of the newest event that was read, from the columns of projections.generations; null when none is kept. */
export const bookmarkIn = ({ mark, mark_position }: BookmarkRow): Bookmark | null =>
  mark === null || mark_position === null ? null : { mark, position: BigInt(mark_position) };
