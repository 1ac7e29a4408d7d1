import type { Pool, PoolClient } from 'pg';
import { statement } from '../../database/sql.js';
import { beginWithIdleTimeout } from '../../database/transaction.js';
import type { EventStore } from '../../event-store/event-store.js';
import { compareRows, type RowDifferences } from './differences.js';
import { selectDeadLettersOf } from '../dead-letters/dead-letter-statements.js';
import { selectServedVersion } from '../rebuild/generation-statements.js';
import { makeTables, type GenerationKey, type GenerationTables } from '../rebuild/generation-tables.js';
import { bookmarkIn } from '../bookmark-row.js';
import { logHolds, type ReadSoFar } from '../log-identity/log-holds.js';
import type { Projection } from '../projection.js';

export interface Verification extends RowDifferences {
  projection: string;
  version: number;
  /** How many tickets have a dead letter: from that event on, they are left out on both sides. */
  incomplete: number;
}

export interface VerificationOptions {
  store: EventStore;
  pool: Pool;
  signal: AbortSignal;
  /** Called with the position read so far and the position at which the comparison ends. */
  onProgress: (position: bigint, of: bigint) => void;
}

/** The served rows are of another version than this code, or of another history than the log's, or there are none. */
export class NotComparable extends Error {}

const scratch = 'verification';
/** PostgreSQL ends a verification that is idle for this long: it locks the served tables, and a frozen one must not keep them for ever. */
const maxIdleMs = 60_000;
const batchSize = 2_000;

/**
 * Folds the log from its first event into scratch tables, up to the position of the served rows, and compares row by row. Everything is
 * in one transaction that sees the served rows as they were when it began, blocks nobody, and is rolled back: nothing is left behind,
 * whatever happens. Throws NotComparable, and what `fold` throws at an event that it can't interpret.
 */
export const verifyProjection = async (
  projection: Projection,
  options: VerificationOptions,
): Promise<Verification> => {
  const client = await options.pool.connect();
  let broken = true;
  try {
    await client.query(`${beginWithIdleTimeout(maxIdleMs)}; SET TRANSACTION ISOLATION LEVEL REPEATABLE READ`);
    const verification = await compared(projection, client, options);
    await client.query('ROLLBACK');
    broken = false;
    return verification;
  } finally {
    client.release(broken);
  }
};

const compared = async (
  projection: Projection,
  client: PoolClient,
  options: VerificationOptions,
): Promise<Verification> => {
  const { name, version, tables } = projection;
  const served = await servedBy(client, projection);
  if (!(await logHolds(options.store, served))) {
    throw new NotComparable(
      `${name} was made from events that the log does not hold any more: it stands at ${served.position}, and the log, which went back, ends at ${await options.store.lastPosition()}; the server makes it anew by itself`,
    );
  }
  const skippedFrom = await deadLetters(client, served);
  await makeTables(client, scratch, tables);
  await client.query(`SET LOCAL search_path = ${scratch}`);
  await foldAll(projection, { client, end: served.position, skippedFrom, options });
  const schemas = { served: served.schema, expected: scratch };
  const differences = await compareRows(client, { tables, schemas, position: served.position });
  return { projection: name, version, incomplete: skippedFrom.size, ...differences };
};

interface ServedRow extends GenerationTables {
  holds_rows: boolean;
  version: number;
  position: string;
  mark: string | null;
  mark_position: string | null;
}

const servedBy = async (
  client: PoolClient,
  { name, version, tables }: Projection,
): Promise<GenerationTables & ReadSoFar> => {
  const { rows } = await client.query<ServedRow>(statement(selectServedVersion(name)));
  const [row] = rows;
  if (!row) throw new NotComparable(`nothing is served of ${name} yet`);
  if (row.version !== version) {
    throw new NotComparable(
      `version ${row.version} of ${name} is served, and this is the code of ${version}`,
    );
  }
  if (!row.holds_rows)
    throw new NotComparable(`the rows of ${name} are gone; the server makes them anew by itself`);
  // With this lock, a rebuild that ends meanwhile leaves the tables in place.
  for (const table of tables)
    await client.query(`LOCK TABLE ${row.schema}.${table.name} IN ACCESS SHARE MODE`);
  return {
    name,
    generation: row.generation,
    schema: row.schema,
    position: BigInt(row.position),
    bookmark: bookmarkIn(row),
  };
};

/** The first dead-lettered revision, by stream. */
const deadLetters = async (client: PoolClient, key: GenerationKey): Promise<Map<string, number>> => {
  const { rows } = await client.query<{ stream: string; revision: number }>(
    statement(selectDeadLettersOf(key)),
  );
  return new Map(rows.map(({ stream, revision }) => [stream, revision]));
};

const foldAll = async (
  projection: Projection,
  {
    client,
    end,
    skippedFrom,
    options: { store, signal, onProgress },
  }: {
    client: PoolClient;
    end: bigint;
    skippedFrom: ReadonlyMap<string, number>;
    options: VerificationOptions;
  },
): Promise<void> => {
  signal.throwIfAborted();
  if (end === 0n) return;
  const { streamPrefix, without } = projection;
  for await (const batch of store.subscribe({ after: 0n, streamPrefix, without, batchSize, signal })) {
    const events = batch.events.filter(
      ({ position, stream, revision }) =>
        position <= end && revision < (skippedFrom.get(stream) ?? Number.POSITIVE_INFINITY),
    );
    if (events.length > 0) await projection.write(projection.fold(events), client);
    onProgress(batch.position < end ? batch.position : end, end);
    if (batch.position >= end) return;
  }
  signal.throwIfAborted();
};
