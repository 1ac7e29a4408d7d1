import type { PoolClient } from 'pg';
import type { RecordedEvent } from '../event-store/event-store.js';

/** A table of a read model. Every generation of a projection has its own. */
export interface ProjectionTable {
  /** snake_case. Queries read the view of this name in the projection's `schema`. */
  readonly name: string;
  /** Each column's type and constraints, as in CREATE TABLE. */
  readonly columns: Readonly<Record<string, string>>;
  readonly primaryKey: readonly string[];
  /**
   * What follows `CREATE INDEX ON <table>`, for each index that queries need. Writing must do without them: while a generation is
   * being built, they are not there.
   */
  readonly indexes?: readonly string[];
}

/**
 * A read model made from the log, and from nothing else: the same events give the same rows, whenever and however often they
 * are folded, and in batches of whatever size. `Change` is what a batch of events comes to. Everything else (reading, writing
 * once, leadership, rebuilding, what can't be folded) is the engine's.
 */
export interface Projection<Change = unknown> {
  /** kebab-case, named for what is read. */
  readonly name: string;
  /**
   * Raised when the same events would give other rows: the rows are then made anew beside the old ones, which are served
   * meanwhile, by today's queries: so columns may be added, but not be renamed or change their type.
   */
  readonly version: number;
  /** The events it folds: those of streams whose name begins so. */
  readonly streamPrefix: string;
  /** Texts that it does not look at, as in `SubscribeOptions`: the store then need not read them out. */
  readonly without?: readonly string[];
  /** Where queries find the tables. */
  readonly schema: string;
  readonly tables: readonly ProjectionTable[];
  /**
   * Pure. Throws on an event it can't make sense of, since silence hides loss: that event and what follows in its stream are
   * put aside until someone retries them; all others go on.
   */
  fold(events: readonly RecordedEvent[]): Change;
  /**
   * Applies the change, set-based, in the transaction that also moves the checkpoint. Tables are named without a schema: the
   * transaction's search path leads to those of the generation at hand.
   */
  write(change: Change, transaction: PoolClient): Promise<void>;
}

export type ProjectionType = new () => Projection;
