import { sql, type Sql } from '../../database/sql.js';
import type { RecordedEvent } from '../../event-store/event-store.js';
import type { GenerationKey } from '../rebuild/generation-tables.js';

export const selectDeadLetters = (): Sql => sql`SELECT * FROM projections.dead_letters ORDER BY id`;

export const selectDeadLettersOf = ({ name, generation }: GenerationKey): Sql => sql`
  SELECT * FROM projections.dead_letters WHERE name = ${name} AND generation = ${generation} ORDER BY id`;

export const selectDeadLetter = (id: string): Sql =>
  sql`SELECT * FROM projections.dead_letters WHERE id = ${id}`;

export const requestRetryOf = (id: string): Sql =>
  sql`UPDATE projections.dead_letters SET retry_requested_at = clock_timestamp() WHERE id = ${id}`;

export const updateFailure = (id: string, error: string): Sql => sql`
  UPDATE projections.dead_letters
     SET error = ${error}, attempts = attempts + 1, failed_at = clock_timestamp(), retry_requested_at = NULL
   WHERE id = ${id}`;

export interface Failure {
  event: Pick<RecordedEvent, 'stream' | 'revision' | 'position' | 'type'>;
  error: string;
  attempts: number;
}

export const insertDeadLetter = (
  { name, generation }: GenerationKey,
  { event, error, attempts }: Failure,
): Sql => sql`
  INSERT INTO projections.dead_letters (name, generation, stream, revision, position, event_type, error, attempts)
  VALUES (${name}, ${generation}, ${event.stream}, ${event.revision}, ${String(event.position)}, ${event.type}, ${error},
          ${attempts})`;

/** `waiting`: how many more events of each stream. */
export const addWaiting = (
  { name, generation }: GenerationKey,
  waiting: ReadonlyMap<string, number>,
): Sql => sql`
  UPDATE projections.dead_letters AS letter SET waiting = letter.waiting + more.events
    FROM unnest(${[...waiting.keys()]}::text[], ${[...waiting.values()]}::integer[]) AS more(stream, events)
   WHERE letter.name = ${name} AND letter.generation = ${generation} AND letter.stream = more.stream`;

export const updateEvent = (
  id: string,
  { revision, position, type }: Pick<RecordedEvent, 'revision' | 'position' | 'type'>,
  waiting: number,
): Sql => sql`
  UPDATE projections.dead_letters
     SET revision = ${revision}, position = ${String(position)}, event_type = ${type}, waiting = ${waiting}
   WHERE id = ${id}`;

export const deleteDeadLetter = (id: string): Sql =>
  sql`DELETE FROM projections.dead_letters WHERE id = ${id}`;

export const deleteDeadLettersOf = ({ name, generation }: GenerationKey): Sql =>
  sql`DELETE FROM projections.dead_letters WHERE name = ${name} AND generation = ${generation}`;
