import { raw, sql, type Sql } from '../../database/sql.js';
import type { Bookmark } from '../../event-store/event-store.js';
import type { RowDifferences } from '../verification/differences.js';
import type { GenerationKey } from '../rebuild/generation-tables.js';
import { currentEpoch } from '../log-identity/log-epochs.js';

/**
 * A leader that has not renewed its lease for this long is replaced. The leader's clock does not matter: PostgreSQL's clock decides
 * or, if that was set back, the monotonic clock of the process that waits.
 */
export const leaseMs = 3_000;

const until = raw(`clock_timestamp() + interval '${leaseMs} milliseconds'`);

/** A lease that a LeaseWatch has seen unchanged for longer than a lease lasts. */
export interface OutlivedLease {
  epoch: bigint;
  leaseUntil: string | null;
}

export const takeLease = (
  { name, generation }: GenerationKey,
  leader: string,
  seen: OutlivedLease,
): Sql => sql`
  UPDATE projections.generations AS mine
     SET leader = ${leader}, epoch = epoch + 1, lease_until = ${until}
    FROM (SELECT name, generation FROM projections.generations
           WHERE name = ${name} AND generation = ${generation} AND state IN ('serving', 'building')
             AND (lease_until IS NULL OR lease_until < clock_timestamp() OR leader = ${leader}
                  OR (epoch = ${String(seen.epoch)} AND lease_until = ${seen.leaseUntil}::timestamptz))
             FOR UPDATE SKIP LOCKED) AS free
   WHERE mine.name = free.name AND mine.generation = free.generation
   RETURNING mine.epoch, mine.position, mine.mark, mine.mark_position, mine.verification`;

/** A lease that is held: its generation and its epoch. Statements with it change nothing once the epoch is another. */
export interface HeldLease extends GenerationKey {
  epoch: bigint;
}

/** What a leader reports of its work each time it renews its lease. */
export interface LeaseReport {
  rate: number;
  batchSize: number;
  lastError: string | null;
}

/** Since when a projection fails, with what it reports now. */
const failingSince = (lastError: string | null): Sql =>
  sql`CASE WHEN ${lastError}::text IS NOT NULL THEN coalesce(failing_since, clock_timestamp()) END`;

export const renewLease = (
  { name, generation, epoch }: HeldLease,
  { rate, batchSize, lastError }: LeaseReport,
): Sql => sql`
  UPDATE projections.generations
     SET lease_until = ${until}, rate = ${rate}, batch_size = ${batchSize}, last_error = ${lastError},
         failing_since = ${failingSince(lastError)}
   WHERE name = ${name} AND generation = ${generation} AND epoch = ${String(epoch)} AND state IN ('serving', 'building')`;

export const keepDifferences = (
  { name, generation, epoch }: HeldLease,
  differences: RowDifferences,
): Sql => sql`
  UPDATE projections.generations SET verification = ${JSON.stringify(differences)}
   WHERE name = ${name} AND generation = ${generation} AND epoch = ${String(epoch)} AND state = 'building'`;

export const releaseLease = ({ name, generation, epoch }: HeldLease, lastError: string | null): Sql => sql`
  UPDATE projections.generations SET leader = NULL, lease_until = NULL, rate = 0, last_error = ${lastError},
         failing_since = ${failingSince(lastError)}
   WHERE name = ${name} AND generation = ${generation} AND epoch = ${String(epoch)}`;

/** The checkpoint at the end of a batch. */
export interface CheckpointMove {
  position: bigint;
  recordedAt: string | null;
  bookmark: Bookmark | undefined;
}

/** Of a generation that somebody leads, and whose rows are there. */
const isWritable = raw(`state IN ('serving', 'building') AND projections.holds_rows(volatile_schema)`);

export const moveCheckpoint = (
  { name, generation, epoch }: HeldLease,
  from: bigint,
  { position, recordedAt, bookmark }: CheckpointMove,
): Sql => sql`
  UPDATE projections.generations
     SET position = ${String(position)}::bigint, recorded_at = coalesce(${recordedAt}, recorded_at), lease_until = ${until},
         mark = coalesce(${bookmark?.mark ?? null}, mark),
         mark_position = coalesce(${bookmark === undefined ? null : String(bookmark.position)}::bigint, mark_position),
         log_epoch = ${currentEpoch}
   WHERE name = ${name} AND generation = ${generation} AND epoch = ${String(epoch)} AND position = ${String(from)}
     AND ${isWritable}`;

export interface HeldCheckpointMove {
  lease: HeldLease;
  from: bigint;
  to: CheckpointMove;
}

/**
 * The same for several generations, each under its own lease; returns those that it moved. It waits for none: where a row is held by
 * somebody, as in a handover, its checkpoint stays.
 */
export const moveCheckpoints = (moves: readonly HeldCheckpointMove[]): Sql => sql`
  UPDATE projections.generations AS mine
     SET position = held.to_position, recorded_at = coalesce(held.to_recorded_at, mine.recorded_at), lease_until = ${until},
         mark = coalesce(held.to_mark, mine.mark), mark_position = coalesce(held.to_mark_position, mine.mark_position),
         log_epoch = ${currentEpoch}
    FROM (SELECT led.name, led.generation, moved.*
            FROM unnest(${moves.map(({ lease }) => lease.name)}::text[], ${moves.map(({ lease }) => lease.generation)}::integer[],
                        ${moves.map(({ lease }) => String(lease.epoch))}::bigint[], ${moves.map(({ from }) => String(from))}::bigint[],
                        ${moves.map(({ to }) => String(to.position))}::bigint[],
                        ${moves.map(({ to }) => to.recordedAt)}::timestamptz[],
                        ${moves.map(({ to }) => to.bookmark?.mark ?? null)}::text[],
                        ${moves.map(({ to }) => (to.bookmark ? String(to.bookmark.position) : null))}::bigint[])
                   AS moved(of_name, of_generation, held_epoch, from_position, to_position, to_recorded_at, to_mark, to_mark_position)
            JOIN projections.generations AS led ON led.name = moved.of_name AND led.generation = moved.of_generation
           WHERE led.epoch = moved.held_epoch AND led.position = moved.from_position
             AND ${isWritable}
             FOR NO KEY UPDATE OF led SKIP LOCKED) AS held
   WHERE mine.name = held.name AND mine.generation = held.generation
   RETURNING mine.name, mine.generation`;
