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
  const events =
    blocked.size === 0
      ? batch.events
      : batch.events.filter(({ stream }) => {
          if (!blocked.has(stream)) return true;
          waiting.set(stream, (waiting.get(stream) ?? 0) + 1);
          return false;
        });
  return { batch, events, waiting, blockedChanges: blocked.changes, outcome: outcomeOf(projection, events) };
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
