import type { EventBatch, RecordedEvent } from '../../event-store/event-store.js';
import type { Projection } from '../projection.js';

/** Streams of which something is put aside: what follows in them waits. */
export interface BlockedEvents {
  /** Raised whenever the streams change. */
  readonly changes: number;
  has(stream: string): boolean;
  readonly size: number;
}

/** A batch, folded, and ready to be written. */
export interface FoldedBatch {
  readonly batch: Pick<EventBatch, 'events' | 'position' | 'bookmark'>;
  /** The events that count. */
  readonly events: readonly RecordedEvent[];
  /** How many events of which stream were passed over. */
  readonly waiting: ReadonlyMap<string, number>;
  /** Those of the events passed over that erase what their streams hold: that does not wait. */
  readonly erasing: readonly RecordedEvent[];
  /** `blocked.changes` when it was folded: it is stale once they differ. */
  readonly blockedChanges: number;
  /** What the events come to, or why they could not be folded. */
  readonly outcome: { change: unknown } | { error: unknown };
}

export const foldBatch = (
  projection: Projection,
  batch: Pick<EventBatch, 'events' | 'position' | 'bookmark'>,
  blocked: BlockedEvents,
): FoldedBatch => {
  const waiting = new Map<string, number>();
  const erasing: RecordedEvent[] = [];
  const events =
    blocked.size === 0
      ? batch.events
      : batch.events.filter((event) => {
          const { stream, type } = event;
          if (!blocked.has(stream)) return true;
          waiting.set(stream, (waiting.get(stream) ?? 0) + 1);
          if (type === projection.erasedBy) erasing.push(event);
          return false;
        });
  const outcome = outcomeOf(projection, events);
  return { batch, events, waiting, erasing, blockedChanges: blocked.changes, outcome };
};

const outcomeOf = (
  projection: Projection,
  events: readonly RecordedEvent[],
): { change: unknown } | { error: unknown } => {
  try {
    return { change: projection.fold(events) };
  } catch (error) {
    return { error };
  }
};
