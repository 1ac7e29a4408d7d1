import type { Bookmark } from '../event-store/event-store.js';

export interface BookmarkRow {
  mark: string | null;
  mark_position: string | null;
}

/** The newest event that was read, as a row of projections.generations keeps it. */
export const bookmarkIn = ({ mark, mark_position }: BookmarkRow): Bookmark | null =>
  mark === null || mark_position === null ? null : { mark, position: BigInt(mark_position) };
