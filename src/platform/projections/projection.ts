import type { PoolClient } from 'pg';
import type { RecordedEvent } from '../event-store/event-store.js';

/** A table of a read model. Every generation of a projection has its own copy. */
export interface ProjectionTable {
  /** snake_case. Queries read the view of this name in the projection's `schema`. */
  readonly name: string;
  /** Each column's type and constraints, as in CREATE TABLE. */
  readonly columns: Readonly<Record<string, string>>;
  /**
   * Columns, the last ones, that rows of an older version may lack: until those are made anew, they read as NULL there. Only where NULL
   * says what is true of such rows: a figure is rather not answered than answered without what it counts.
   */
  readonly addedColumns?: readonly string[];
  readonly primaryKey: readonly string[];
  /**
   * The columns that hold what people wrote, in plain. The tables of a projection that has any stand in schemas that backups leave
   * out (see `volatile-tables.migration.ts`), and what is reported of its rows shows none of these texts.
   */
  readonly texts?: readonly string[];
  /**
   * For each index that queries need, what follows `CREATE INDEX ON <table>`. Writing must work without them: they do not exist while a
   * generation is being built.
   */
  readonly indexes?: readonly string[];
  /**
   * Columns of which PostgreSQL keeps no samples for its planner: what people wrote would stay among them when it is gone from the rows.
   * None that a condition of a query is about.
   */
  readonly unsampled?: readonly string[];
}

/**
 * A read model made from the log, and from nothing else: the same events give the same rows, whenever and however often they
 * are folded, and in batches of whatever size. `Change` is the result of folding a batch. The engine does everything else: reading,
 * writing once, leadership, rebuilding, and events that can't be folded.
 */
export interface Projection<Change = unknown> {
  /** kebab-case, named for what is read. */
  readonly name: string;
  /**
   * Must be raised when the same events would give other rows. The rows are then made anew beside the old rows, which are served by
   * today's queries meanwhile: so columns may be added, but must not be renamed or change their type.
   */
  readonly version: number;
  /** The projection folds the events of streams whose name begins with this prefix. */
  readonly streamPrefix: string;
  /** Paths of texts that the projection does not use, as in `SubscribeOptions`: the store then need not read them. */
  readonly without?: readonly string[];
  /** The schema with the views that queries read. Where tables hold texts, nothing else may stand in it: it is left out of backups. */
  readonly schema: string;
  readonly tables: readonly ProjectionTable[];
  /**
   * Makes a change of a batch of events; pure. Throws on an event that it can't interpret, since silence hides loss: that event and
   * those that follow in its stream are dead-lettered until someone retries them; all other streams go on.
   */
  fold(events: readonly RecordedEvent[]): Change;
  /**
   * Applies the change with set-based statements, in the transaction that also moves the checkpoint. Tables are named without a schema:
   * the transaction's search path has the schema of the generation that is written.
   */
  write(change: Change, transaction: PoolClient): Promise<void>;
  /** The type of the event by which what people wrote in its stream is erased; with `erase`, for projections that hold some of it. */
  readonly erasedBy?: string;
  /** Empties the rows of the streams of such events at once where the events themselves wait behind a dead letter. */
  erase?(events: readonly RecordedEvent[], transaction: PoolClient): Promise<void>;
}

export type ProjectionType = new () => Projection;
