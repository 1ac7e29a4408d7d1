import { EventIdReused, RecordedTooEarly, VersionConflict, type RecordedEvent } from './event-store.js';

/**
 * How many events each stream must hold before these events are restored, by stream. Throws VersionConflict, EventIdReused or
 * RecordedTooEarly when the events do not follow one another.
 */
export const batchStarts = (events: readonly RecordedEvent[]): Map<string, number> => {
  const starts = new Map<string, number>();
  const revisions = new Map<string, number>();
  const ids = new Set<string>();
  let recordedAt = events[0]?.recordedAt ?? '';
  for (const event of events) {
    const { stream, revision } = event;
    const known = revisions.get(stream);
    if (known === undefined) starts.set(stream, revision - 1);
    else if (revision !== known + 1) throw new VersionConflict(stream, revision - 1, known);
    if (ids.has(event.id)) throw new EventIdReused(event.id);
    if (event.recordedAt < recordedAt) throw new RecordedTooEarly(event.id);
    revisions.set(stream, revision);
    ids.add(event.id);
    ({ recordedAt } = event);
  }
  return starts;
};
