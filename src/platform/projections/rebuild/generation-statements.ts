import { empty, raw, sql, type Sql } from '../../database/sql.js';
import { currentEpoch } from '../log-identity/log-epochs.js';
import type { Projection } from '../projection.js';
import type { GenerationKey } from './generation-tables.js';

export type GenerationState = 'building' | 'serving' | 'retired' | 'cancelled';

/** SQL for the number of streams with a dead letter. */
const incomplete = sql`(SELECT count(*)::integer FROM projections.dead_letters AS letter
  WHERE letter.name = generations.name AND letter.generation = generations.generation) AS incomplete`;

/** SQL for the schema of a generation's tables. */
export const generationSchema = raw(
  `coalesce(volatile_schema, 'projection_' || replace(name, '-', '_') || '_' || generation)`,
);

/** The views (`shown`) over tables of generations (`made`, in the schema `made_in`); to be read from. */
export const viewsOverGenerations = sql`pg_depend AS shows
    JOIN pg_rewrite AS rule ON shows.classid = 'pg_rewrite'::regclass AND rule.oid = shows.objid
    JOIN pg_class AS shown ON shown.oid = rule.ev_class
    JOIN pg_class AS made ON shows.refclassid = 'pg_class'::regclass AND made.oid = shows.refobjid
    JOIN pg_namespace AS made_in ON made_in.oid = made.relnamespace
    JOIN projections.generations ON made_in.nspname = ${generationSchema}`;

const schema = sql`${generationSchema} AS schema`;

/** Whether its rows are there: those that are in no backup may be gone. */
const holdsRows = sql`projections.holds_rows(volatile_schema) AS holds_rows`;

const columns = sql`name, generation, ${schema}, ${holdsRows}, version, state, position, mark, mark_position, log_epoch, epoch, rate, batch_size, last_error, failing_since,
  verification, created_at, leader, lease_until::text, coalesce(lease_until <= clock_timestamp(), true) AS has_run_out, ${incomplete}`;

/** The advisory lock, over all processes, for adding, ending or replacing a generation. Its key spells «proj» in ASCII. */
export const lockGenerations = (): Sql => sql`SELECT pg_advisory_xact_lock(1886547818)`;

export const selectCurrentGenerations = (): Sql => sql`
  SELECT ${columns} FROM projections.generations WHERE state IN ('serving', 'building') ORDER BY name, generation`;

export const selectGenerationsOf = (name: string): Sql =>
  sql`SELECT ${columns} FROM projections.generations WHERE name = ${name} ORDER BY generation DESC`;

export const selectServedPositions = (names: readonly string[]): Sql => sql`
  SELECT name, position, mark, mark_position, ${holdsRows} FROM projections.generations
   WHERE name = ANY(${names}::text[]) AND state = 'serving'`;

/** The served generation; with `hold`, its row is locked so that nobody else can move its checkpoint. */
export const selectServing = (name: string, hold: boolean): Sql => sql`
  SELECT name, generation, ${schema}, version, position, ${incomplete}
    FROM projections.generations WHERE name = ${name} AND state = 'serving' ${hold ? holdGenerations : empty}`;

/** The served generation with its bookmark. */
export const selectServedVersion = (name: string): Sql => sql`
  SELECT name, generation, ${schema}, ${holdsRows}, version, position, mark, mark_position FROM projections.generations
   WHERE name = ${name} AND state = 'serving'`;

/** The generation that is built under the lease of this epoch; its row is locked. */
export const lockBuilding = ({ name, generation }: GenerationKey, epoch: bigint): Sql => sql`
  SELECT position, ${incomplete} FROM projections.generations
   WHERE name = ${name} AND generation = ${generation} AND epoch = ${String(epoch)} AND state = 'building'
   ${holdGenerations}`;

const holdGenerations = raw('FOR UPDATE OF generations');

export const selectGenerations = (name: string, state: GenerationState): Sql => sql`
  SELECT name, generation, ${schema}, version FROM projections.generations WHERE name = ${name} AND state = ${state}`;

/** `volatilePrefix`: of the schema of tables that are not in backups; null where they are. */
export const insertGeneration = (
  { name, version, volatilePrefix }: Pick<Projection, 'name' | 'version'> & { volatilePrefix: string | null },
  state: GenerationState,
): Sql => sql`
  INSERT INTO projections.generations (name, generation, version, state, log_epoch, volatile_schema)
  SELECT ${name}, next.generation, ${version}, ${state}, ${currentEpoch}, ${volatilePrefix}::text || next.generation
    FROM (SELECT coalesce(max(generation), 0) + 1 AS generation FROM projections.generations WHERE name = ${name}) AS next
  RETURNING name, generation, ${schema}`;

export const serveGeneration = ({ name, generation }: GenerationKey): Sql => sql`
  UPDATE projections.generations SET state = 'serving' WHERE name = ${name} AND generation = ${generation}`;

export const endGeneration = (
  { name, generation }: GenerationKey,
  state: 'retired' | 'cancelled',
): Sql => sql`
  UPDATE projections.generations SET state = ${state}, leader = NULL, lease_until = NULL, ended_at = clock_timestamp()
   WHERE name = ${name} AND generation = ${generation}`;
