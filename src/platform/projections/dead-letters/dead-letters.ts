import type { Pool, PoolClient } from 'pg';
import { withReadDeadline, readDeadlineMs } from '../../database/read-deadline.js';
import { instant, type Instant } from '../../../shared/instant.js';
import type { RecordedEvent } from '../../event-store/event-store.js';
import type { GenerationKey } from '../rebuild/generation-tables.js';

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
const errorText = (error: unknown): string => {
  const { message = String(error) } = error as { message?: string };
  return message.slice(0, maxErrorLength);
};

/** What is put aside, of all projections. */
export class DeadLetters {
  constructor(private readonly pool: Pool) {}

  async list(): Promise<DeadLetter[]> {
    const { rows } = await this.pool.query<Row>(
      withReadDeadline(readDeadlineMs, { text: 'SELECT * FROM projections.dead_letters ORDER BY id' }),
    );
    return rows.map(toDeadLetter);
  }

  async of({ name, generation }: GenerationKey): Promise<DeadLetter[]> {
    const { rows } = await this.pool.query<Row>(
      'SELECT * FROM projections.dead_letters WHERE name = $1 AND generation = $2 ORDER BY id',
      [name, generation],
    );
    return rows.map(toDeadLetter);
  }

  async find(id: string): Promise<DeadLetter | undefined> {
    const { rows } = await this.pool.query<Row>(
      withReadDeadline(readDeadlineMs, {
        text: 'SELECT * FROM projections.dead_letters WHERE id = $1',
        values: [id],
      }),
    );
    return rows.map(toDeadLetter)[0];
  }

  /** Asks the leader to try again; false where there is no such letter, or none any more. */
  async requestRetry(id: string): Promise<boolean> {
    const { rowCount } = await this.pool.query(
      `UPDATE projections.dead_letters SET retry_requested_at = clock_timestamp() WHERE id = $1`,
      [id],
    );
    return rowCount === 1;
  }

  async failedAgain({ id }: DeadLetter, error: unknown): Promise<void> {
    await this.pool.query(
      `UPDATE projections.dead_letters
          SET error = $2, attempts = attempts + 1, failed_at = clock_timestamp(), retry_requested_at = NULL
        WHERE id = $1`,
      [id, errorText(error)],
    );
  }
}

export const deadLetter = async (
  client: PoolClient,
  { name, generation }: GenerationKey,
  event: RecordedEvent,
  error: unknown,
  attempts: number,
): Promise<void> => {
  await client.query(
    `INSERT INTO projections.dead_letters (name, generation, stream, revision, position, event_type, error, attempts)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      ...[name, generation, event.stream, event.revision, String(event.position), event.type],
      ...[errorText(error), attempts],
    ],
  );
};

/** Counts events that were passed over, because their stream waits. */
export const countWaiting = async (
  client: PoolClient,
  { name, generation }: GenerationKey,
  waiting: ReadonlyMap<string, number>,
): Promise<void> => {
  if (waiting.size === 0) return;
  await client.query(
    `UPDATE projections.dead_letters AS letter SET waiting = letter.waiting + more.events
       FROM unnest($3::text[], $4::integer[]) AS more(stream, events)
      WHERE letter.name = $1 AND letter.generation = $2 AND letter.stream = more.stream`,
    [name, generation, [...waiting.keys()], [...waiting.values()]],
  );
};

/** The letter is another event's of its stream now: all before that one are applied. */
export const moveDeadLetter = async (
  client: PoolClient,
  { id }: DeadLetter,
  { revision, position, type }: RecordedEvent,
  waiting: number,
): Promise<void> => {
  await client.query(
    `UPDATE projections.dead_letters SET revision = $2, position = $3, event_type = $4, waiting = $5 WHERE id = $1`,
    [id, revision, String(position), type, waiting],
  );
};

export const removeDeadLetter = async (client: PoolClient, { id }: DeadLetter): Promise<void> => {
  await client.query('DELETE FROM projections.dead_letters WHERE id = $1', [id]);
};
