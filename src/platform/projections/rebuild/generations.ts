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
  schemaOf,
  showTables,
  type GenerationKey,
} from './generation-tables.js';
import { leaseMs } from '../leading/lease.js';
import { LeaseWatch, type SeenLease } from '../leading/lease-watch.js';
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

/** One making of a projection's rows, as every process sees it. */
export interface Generation extends GenerationKey {
  version: number;
  state: GenerationState;
  /** Everything up to here is in its rows, but for what is put aside. */
  position: bigint;
  /** The newest event that was read; null before the first one, and of rows from before it was kept. */
  bookmark: Bookmark | null;
  /** The log's, when the rows were written last. */
  logEpoch: string;
  /** How often its leadership has changed hands. */
  epoch: bigint;
  /** The process that folds events into it; null while none does. */
  leader: string | null;
  /** Until when it was led last, as PostgreSQL writes it. */
  leaseUntil: string | null;
  /** Events a second, lately. */
  rate: number;
  /** Events in the newest batch. */
  batchSize: number;
  lastError: string | null;
  /** What comparing it with the one it replaces came to. */
  verification: RowDifferences | null;
  createdAt: Instant;
  /** Streams of which something is put aside. */
  incomplete: number;
}

/** A rebuild of this projection is under way already. */
export class RebuildUnderWay extends Error {}
/** No rebuild of this projection is under way. */
export class NoRebuild extends Error {}
/** Another version of this projection is served than this process has the code of. */
export class OtherVersion extends Error {}

interface Row {
  name: string;
  generation: number;
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
  verification: RowDifferences | null;
  created_at: Date;
  incomplete: number;
}

const toGeneration = (row: Row, isHeld: (lease: SeenLease) => boolean): Generation => ({
  name: row.name,
  generation: row.generation,
  version: row.version,
  state: row.state,
  position: BigInt(row.position),
  bookmark: bookmarkIn(row),
  logEpoch: row.log_epoch,
  epoch: BigInt(row.epoch),
  leader: isHeld(seenLease(row)) ? row.leader : null,
  leaseUntil: row.lease_until,
  rate: row.rate,
  batchSize: row.batch_size,
  lastError: row.last_error,
  verification: row.verification,
  createdAt: instant(row.created_at),
  incomplete: row.incomplete,
});

const seenLease = (row: Row): SeenLease => ({
  name: row.name,
  generation: row.generation,
  leader: row.leader,
  epoch: BigInt(row.epoch),
  leaseUntil: row.lease_until,
  hasRunOut: row.has_run_out,
});

/** Servers that start together on a busy machine may be slow; what they hold here keeps nobody from serving. */
const withoutLockTimeout = beginWithIdleTimeout(30_000);

/** The generations of every projection. */
export class Generations {
  private readonly watch = new LeaseWatch(leaseMs);

  constructor(private readonly pool: Pool) {}

  /** Those that are served or being built, the served one first. */
  async current(): Promise<Generation[]> {
    return this.read(withReadDeadline(readDeadlineMs, statement(selectCurrentGenerations())));
  }

  /** How far the rows have come that are served of projections, by their names; none where there are no rows. Throws where PostgreSQL is away. */
  async served(names: readonly string[]): Promise<ReadonlyMap<string, ReadSoFar>> {
    const rows = await queryWithDeadline<Pick<Row, 'name' | 'position' | 'mark' | 'mark_position'>>(
      this.pool,
      selectServedPositions(names),
      { name: 'projections-served' },
    );
    return new Map(
      rows.map((row) => [row.name, { position: BigInt(row.position), bookmark: bookmarkIn(row) }]),
    );
  }

  /** All there ever were of one projection, the newest first. */
  async of(name: string): Promise<Generation[]> {
    return this.read(statement(selectGenerationsOf(name)));
  }

  /** Whether some process folds events into the rows that are served. */
  async servedIsLed(name: string): Promise<boolean> {
    const current = await this.current();
    return current.some((one) => one.name === name && one.state === 'serving' && one.leader !== null);
  }

  private async read(query: QueryConfig): Promise<Generation[]> {
    const begunAt = this.watch.begin();
    const { rows } = await this.pool.query<Row>(query);
    return rows.map((row) => toGeneration(row, (lease) => this.watch.isHeld(lease, begunAt)));
  }

  /** Sees to it that each projection has a generation that is served, and one that will be, where its version is new. */
  async prepare(projections: readonly Projection[]): Promise<void> {
    await inTransaction(
      this.pool,
      async (client) => {
        await client.query(statement(lockGenerations()));
        for (const projection of projections) {
          const serving = await find(client, projection.name, 'serving');
          if (!serving) {
            await showTables(client, projection, await begin(client, projection, 'serving'));
          } else if (serving.version < projection.version) {
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

  /** Begins a new generation beside the one that is served. Throws RebuildUnderWay, OtherVersion. */
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
   * Makes a generation anew that was made from a history which the log does not hold any more: from the first event on, and served
   * meanwhile as far as it has come, since rows of what never happened are worse than rows that are behind and say so. What was
   * being built beside them goes, too. Nothing where someone else has done so.
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

  /** Ends the generation that is being built, and drops its rows. Throws NoRebuild. */
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
): Promise<(GenerationKey & { version: number }) | undefined> => {
  const { rows } = await client.query<GenerationKey & { version: number }>(
    statement(selectGenerations(name, state)),
  );
  return rows[0];
};

const begin = async (
  client: PoolClient,
  projection: Projection,
  state: 'building' | 'serving',
): Promise<GenerationKey> => {
  const { rows } = await client.query<{ generation: number }>(statement(insertGeneration(projection, state)));
  const { name, tables } = projection;
  const key = { name, generation: rows[0]?.generation ?? 1 };
  await makeTables(client, schemaOf(key), tables);
  // Those of one that is being built are made when it is nearly done.
  if (state === 'serving') await makeIndexes(client, schemaOf(key), tables);
  return key;
};

const cancel = async (client: PoolClient, key: GenerationKey): Promise<void> => {
  await end(client, key, 'cancelled');
  await dropTables(client, key);
};

/** Takes a generation out of its leader's hands, who finds out at the next write; what it lacks, it lacks for good. */
export const end = async (
  client: PoolClient,
  key: GenerationKey,
  state: 'retired' | 'cancelled',
): Promise<void> => {
  await client.query(statement(endGeneration(key, state)));
  await client.query(statement(deleteDeadLettersOf(key)));
};

/** Rows that were kept because the ones that replaced them differed. */
const dropRetired = async (client: PoolClient, name: string): Promise<void> => {
  const { rows } = await client.query<GenerationKey>(statement(selectGenerations(name, 'retired')));
  for (const key of rows) await dropTables(client, key);
};
