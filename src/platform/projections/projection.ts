import type { PoolClient } from 'pg';
import type { RecordedEvent } from '../event-store/event-store.js';

/**
 * A read model made from the log, and from nothing else: the same events give the same rows, whenever and however often they
 * are folded. `Change` is what a batch of events comes to.
 */
export interface Projection<Change = unknown> {
  /** kebab-case, named for what is read. */
  readonly name: string;
  /** Raised when the same events would give other rows. */
  readonly version: number;
  /** The events it folds: those of streams whose name begins so. */
  readonly streamPrefix: string;
  /** Pure. Throws on an event it can't make sense of: the feed stops there, since silence hides loss. */
  fold(events: readonly RecordedEvent[]): Change;
  /** Applies the change, set-based, in the transaction that also moves the checkpoint. */
  write(change: Change, transaction: PoolClient): Promise<void>;
}
