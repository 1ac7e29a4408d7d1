import { createHash } from 'node:crypto';
import type { Bookmark, RecordedEvent } from './event-store.js';

const markLength = 16;

/** The mark of the beginning, before any event. */
export const noMark = '';

/** Short, and no other event's: neither that of another event at the position, nor of this one recorded again. */
export const markOf = ({ position, id, recordedAt }: RecordedEvent): string =>
  createHash('sha256').update(`${position} ${id} ${recordedAt}`).digest('base64url').slice(0, markLength);

export const bookmarkOf = (event: RecordedEvent): Bookmark => ({
  position: event.position,
  mark: markOf(event),
});
