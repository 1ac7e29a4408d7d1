import { createHash } from 'node:crypto';
import type { Bookmark, RecordedEvent } from './event-store.js';

const markLength = 16;

/** The mark of the log's beginning, before any event. */
export const noMark = '';

/** A short hash that identifies an event: it differs for another event at the position, and for the same event recorded again. */
export const markOf = ({ position, id, recordedAt }: RecordedEvent): string =>
  createHash('sha256').update(`${position} ${id} ${recordedAt}`).digest('base64url').slice(0, markLength);

export const bookmarkOf = (event: RecordedEvent): Bookmark => ({
  position: event.position,
  mark: markOf(event),
});
