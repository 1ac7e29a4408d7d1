import type { Pool, PoolClient, QueryConfig } from 'pg';
import { queryWithDeadline } from '../../database/query-with-deadline.js';
import { withReadDeadline, readDeadlineMs } from '../../database/read-deadline.js';
import { statement } from '../../database/sql.js';
import { beginWithIdleTimeout, inTransaction } from '../../database/transaction.js';
import type { Bookmark } from '../../event-store/event-store.js';
import { bookmarkIn } from '../bookmark-row.js';
import { instant, type Instant } from '../../../shared/instant.js';
import type { RowDifferences } from '../verification/differences.js';
import {
  dropTables,
  dropTablesUnlessRead,
  makeIndexes,
  makeTables,
  showMissing,
  showTables,
  type GenerationKey,
  type GenerationTables,
  volatilePrefix,
} from './generation-tables.js';
import { leaseMs } from '../leading/lease.js';
import { LeaseWatch, type ObservedLease } from '../leading/lease-watch.js';
import type { ReadSoFar } from '../log-identity/log-holds.js';
import { deleteDeadLettersOf } from '../dead-letters/dead-letter-statements.js';
import {
  endGeneration,
  insertGeneration,
  lockGenerations,
  selectCurrentGenerations,
  selectGenerations,
  selectGenerationsOf,
  selectServedPositions,
  type GenerationState,
} from './generation-statements.js';
import type { Projection } from '../projection.js';

/** One set of a projection's rows, made from the first event on. */
export interface Generation extends GenerationTables {
  version: number;
  /** Rows that are in no backup and not in the write-ahead log may be gone; they are then to be made anew. */
  holdsRows: boolean;
  state: GenerationState;
  /** The rows include every event up to this position, except those that are dead-lettered. */
  position: bigint;
  /** The newest event that was read; null before the first event, and for rows from before bookmarks were kept. */
  bookmark: Bookmark | null;
  /** The log's epoch when the rows were written last. */
  logEpoch: string;
  /** How often the leadership of the generation has changed hands. */
  epoch: bigint;
  /** The process that folds events into the rows; null while none does. */
  leader: string | null;
  /** When the lease runs out, or ran out, as PostgreSQL writes it. */
  leaseUntil: string | null;
  /** Events per second, over the last five seconds. */
  rate: number;
  /** Events in the newest batch. */
  batchSize: number;
  lastError: string | null;
  /** Since when it fails; null while it does not. */
  failingSince: Instant | null;
  /** The differences from the generation that it replaces; null when they were not compared. */
  verification: RowDifferences | null;
  createdAt: Instant;
  /** How many streams have a dead letter. */
  incomplete: number;
}

/** A rebuild of this projection is under way already. */
export class RebuildUnderWay extends Error {}
/** No rebuild of this projection is under way. */
export class NoRebuild extends Error {}
/** A newer version of this projection is served than the version that this process has the code of. */
export class OtherVersion extends Error {}

interface Row extends GenerationTables {
  holds_rows: boolean;
  version: number;
  state: Generation['state'];
  position: string;
  mark: string | null;
  mark_position: string | null;
  log_epoch: string;
  epoch: string;
  leader: string | null;
  lease_until: string | null;
  has_run_out: boolean;
  rate: number;
  batch_size: number;
  last_error: string | null;
  failing_since: Date | null;
  verification: RowDifferences | null;
  created_at: Date;
  incomplete: number;
}

const toGeneration = (row: Row, isHeld: (lease: ObservedLease) => boolean): Generation => ({
  name: row.name,
  generation: row.generation,
  schema: row.schema,
  holdsRows: row.holds_rows,
  version: row.version,
  state: row.state,
  ...readSoFar(row),
  logEpoch: row.log_epoch,
  epoch: BigInt(row.epoch),
  leader: isHeld(seenLease(row)) ? row.leader : null,
  leaseUntil: row.lease_until,
  rate: row.rate,
  batchSize: row.batch_size,
  lastError: row.last_error,
  failingSince: row.failing_since && instant(row.failing_since),
  verification: row.verification,
  createdAt: instant(row.created_at),
  incomplete: row.incomplete,
});

const seenLease = (row: Row): ObservedLease => ({
  name: row.name,
  generation: row.generation,
  leader: row.leader,
  epoch: BigInt(row.epoch),
  leaseUntil: row.lease_until,
  hasRunOut: row.has_run_out,
});

/** Rows that are gone include no event, whatever the checkpoint says. */
const readSoFar = (row: Pick<Row, 'position' | 'mark' | 'mark_position' | 'holds_rows'>): ReadSoFar =>
  row.holds_rows
    ? { position: BigInt(row.position), bookmark: bookmarkIn(row) }
    : { position: 0n, bookmark: null };

/** 30 s, since servers that start together on a busy machine may be slow; the locks held here keep nobody from serving. */
const withoutLockTimeout = beginWithIdleTimeout(30_000);

/** The generations of every projection. */
export class Generations {
  private readonly watch = new LeaseWatch(leaseMs);

  constructor(private readonly pool: Pool) {}

  /** The generations that are served or being built, ordered by name and generation. */
  async current(): Promise<Generation[]> {
    return this.read(withReadDeadline(readDeadlineMs, statement(selectCurrentGenerations())));
  }

  /** How far the served rows of projections have come, by name; a projection without rows is absent. Throws when PostgreSQL is away. */
  async served(names: readonly string[]): Promise<ReadonlyMap<string, ReadSoFar>> {
    const rows = await queryWithDeadline<
      Pick<Row, 'name' | 'position' | 'mark' | 'mark_position' | 'holds_rows'>
    >(this.pool, selectServedPositions(names), { name: 'projections-served' });
    return new Map(rows.map((row) => [row.name, readSoFar(row)]));
  }

  /** All generations of one projection, also ended ones, the newest first. */
  async of(name: string): Promise<Generation[]> {
    return this.read(statement(selectGenerationsOf(name)));
  }

  /** Whether some process folds events into the rows that are served. */
  async servedIsLed(name: string): Promise<boolean> {
    const current = await this.current();
    return current.some((row) => row.name === name && row.state === 'serving' && row.leader !== null);
  }

  private async read(query: QueryConfig): Promise<Generation[]> {
    const begunAt = this.watch.begin();
    const { rows } = await this.pool.query<Row>(query);
    return rows.map((row) => toGeneration(row, (lease) => this.watch.isHeld(lease, begunAt)));
  }

  /** Makes sure that each projection has a served generation, and one that is being built if its version is new. */
  async prepare(projections: readonly Projection[]): Promise<void> {
    await inTransaction(
      this.pool,
      async (client) => {
        await client.query(statement(lockGenerations()));
        for (const projection of projections) {
          const serving = await find(client, projection.name, 'serving');
          if (!serving) {
            await showTables(client, projection, await begin(client, projection, 'serving'));
            continue;
          }
          await showMissing(client, projection, serving);
          if (serving.version < projection.version) {
            const building = await find(client, projection.name, 'building');
            if (building && building.version < projection.version) await cancel(client, building);
            if (!building || building.version < projection.version) {
              await begin(client, projection, 'building');
            }
          }
        }
      },
      withoutLockTimeout,
    );
  }

  /** Begins a new generation beside the served generation. Throws RebuildUnderWay and OtherVersion. */
  async rebuild(projection: Projection): Promise<GenerationKey> {
    return inTransaction(
      this.pool,
      async (client) => {
        await client.query(statement(lockGenerations()));
        if (await find(client, projection.name, 'building')) throw new RebuildUnderWay(projection.name);
        const serving = await find(client, projection.name, 'serving');
        if (serving && serving.version > projection.version) throw new OtherVersion(projection.name);
        await dropRetired(client, projection.name);
        return begin(client, projection, 'building');
      },
      withoutLockTimeout,
    );
  }

  /**
   * Makes a generation anew whose history the log no longer holds, or whose rows are gone, from the first event on. The new rows are
   * served at once, as far as they have come, since rows of events that never happened are worse than rows that are behind and say so. A generation that was
   * being built beside them is cancelled. Does nothing when someone else has done this already.
   */
  async restart(projection: Projection, { generation }: Pick<GenerationKey, 'generation'>): Promise<void> {
    const ended = await inTransaction(
      this.pool,
      async (client) => {
        await client.query(statement(lockGenerations()));
        const serving = await find(client, projection.name, 'serving');
        const building = await find(client, projection.name, 'building');
        if (![serving?.generation, building?.generation].includes(generation)) return undefined;
        if (building) await cancel(client, building);
        if (serving && serving.generation !== generation) {
          await begin(client, projection, 'building');
          return undefined;
        }
        if (serving) await end(client, serving, 'retired');
        await showTables(client, projection, await begin(client, projection, 'serving'));
        return serving;
      },
      withoutLockTimeout,
    );
    if (ended) await dropTablesUnlessRead(this.pool, ended);
  }

  /** Ends the generation that is being built, and drops its tables. Throws NoRebuild. */
  async cancelRebuild(name: string): Promise<void> {
    await inTransaction(
      this.pool,
      async (client) => {
        await client.query(statement(lockGenerations()));
        const building = await find(client, name, 'building');
        if (!building) throw new NoRebuild(name);
        await cancel(client, building);
      },
      withoutLockTimeout,
    );
  }
}

const find = async (
  client: PoolClient,
  name: string,
  state: Generation['state'],
): Promise<(GenerationTables & Pick<Row, 'version'>) | undefined> => {
  const { rows } = await client.query<GenerationTables & Pick<Row, 'version'>>(
    statement(selectGenerations(name, state)),
  );
  return rows[0];
};

const begin = async (
  client: PoolClient,
  projection: Projection,
  state: 'building' | 'serving',
): Promise<GenerationTables> => {
  const { name, version, tables } = projection;
  const { rows } = await client.query<GenerationTables>(
    statement(insertGeneration({ name, version, volatilePrefix: volatilePrefix(projection) }, state)),
  );
  const [made] = rows;
  if (!made) throw new Error('INSERT … RETURNING gave no row');
  await makeTables(client, made.schema, tables);
  // The indexes of a generation that is being built are made when it is nearly done.
  if (state === 'serving') await makeIndexes(client, made.schema, tables);
  return made;
};

const cancel = async (client: PoolClient, building: GenerationTables): Promise<void> => {
  await end(client, building, 'cancelled');
  await dropTables(client, building);
};

/** Ends a generation. Its leader gets LeaseLost at its next write, and its dead letters are deleted. */
export const end = async (
  client: PoolClient,
  key: GenerationKey,
  state: 'retired' | 'cancelled',
): Promise<void> => {
  await client.query(statement(endGeneration(key, state)));
  await client.query(statement(deleteDeadLettersOf(key)));
};

/** Drops the retired rows, which were kept because the rows that replaced them differed. */
const dropRetired = async (client: PoolClient, name: string): Promise<void> => {
  const { rows } = await client.query<GenerationTables>(statement(selectGenerations(name, 'retired')));
  for (const retired of rows) await dropTables(client, retired);
};
