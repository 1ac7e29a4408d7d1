import type { Pool, PoolClient } from 'pg';
import { queryWithDeadline } from '../../database/query-with-deadline.js';
import { statement } from '../../database/sql.js';
import { instant, type Instant } from '../../../shared/instant.js';
import type { RecordedEvent } from '../../event-store/event-store.js';
import { safeMessageOf } from '../../observability/safe-error.js';
import type { GenerationKey } from '../rebuild/generation-tables.js';
import {
  addWaiting,
  deleteDeadLetter,
  insertDeadLetter,
  requestRetryOf,
  selectDeadLetter,
  selectDeadLetters,
  selectDeadLettersOf,
  updateEvent,
  updateFailure,
} from './dead-letter-statements.js';

/** An event that could not be folded, and with it all that follows in its stream, until a retry succeeds. */
export interface DeadLetter extends GenerationKey {
  id: string;
  stream: string;
  /** Of the event that could not be folded. */
  revision: number;
  position: bigint;
  eventType: string;
  error: string;
  attempts: number;
  /** Later events of the stream that wait behind it. */
  waiting: number;
  failedAt: Instant;
  retryRequestedAt: Instant | null;
}

interface Row extends GenerationKey {
  id: string;
  stream: string;
  revision: number;
  position: string;
  event_type: string;
  error: string;
  attempts: number;
  waiting: number;
  failed_at: Date;
  retry_requested_at: Date | null;
}

const toDeadLetter = (row: Row): DeadLetter => ({
  id: row.id,
  name: row.name,
  generation: row.generation,
  stream: row.stream,
  revision: row.revision,
  position: BigInt(row.position),
  eventType: row.event_type,
  error: row.error,
  attempts: row.attempts,
  waiting: row.waiting,
  failedAt: instant(row.failed_at),
  retryRequestedAt: row.retry_requested_at && instant(row.retry_requested_at),
});

const maxErrorLength = 2_000;
/** Operators read it, who may read no ticket's text. */
const errorText = (error: unknown): string => safeMessageOf(error).slice(0, maxErrorLength);

/** What is put aside, of all projections. */
export class DeadLetters {
  constructor(private readonly pool: Pool) {}

  async list(): Promise<DeadLetter[]> {
    const rows = await queryWithDeadline<Row>(this.pool, selectDeadLetters());
    return rows.map(toDeadLetter);
  }

  async of(key: GenerationKey): Promise<DeadLetter[]> {
    const { rows } = await this.pool.query<Row>(statement(selectDeadLettersOf(key)));
    return rows.map(toDeadLetter);
  }

  async find(id: string): Promise<DeadLetter | undefined> {
    const rows = await queryWithDeadline<Row>(this.pool, selectDeadLetter(id));
    return rows.map(toDeadLetter)[0];
  }

  /** Asks the leader to try again; false where there is no such letter, or none any more. */
  async requestRetry(id: string): Promise<boolean> {
    const { rowCount } = await this.pool.query(statement(requestRetryOf(id)));
    return rowCount === 1;
  }

  async failedAgain({ id }: DeadLetter, error: unknown): Promise<void> {
    await this.pool.query(statement(updateFailure(id, errorText(error))));
  }
}

export const deadLetter = async (
  client: PoolClient,
  key: GenerationKey,
  { event, error, attempts }: { event: RecordedEvent; error: unknown; attempts: number },
): Promise<void> => {
  await client.query(statement(insertDeadLetter(key, { event, error: errorText(error), attempts })));
};

/** Counts events that were passed over, because their stream waits. */
export const countWaiting = async (
  client: PoolClient,
  key: GenerationKey,
  waiting: ReadonlyMap<string, number>,
): Promise<void> => {
  if (waiting.size === 0) return;
  await client.query(statement(addWaiting(key, waiting)));
};

/** The letter is another event's of its stream now: all before that one are applied. */
export const moveDeadLetter = async (
  client: PoolClient,
  { from, to, waiting }: { from: DeadLetter; to: RecordedEvent; waiting: number },
): Promise<void> => {
  await client.query(statement(updateEvent(from.id, to, waiting)));
};

export const removeDeadLetter = async (client: PoolClient, { id }: DeadLetter): Promise<void> => {
  await client.query(statement(deleteDeadLetter(id)));
};
