import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { migrations } from '../../../src/boot/registry.js';
import type { FiguresChange } from '../../../src/billets-quotidiens/projections/daily-figures.projection.js';
import { DailyFigures } from '../../../src/billets-quotidiens/projections/daily-figures.projection.js';
import { openDatabase } from '../../../src/platform/database/database.js';
import { inTransaction } from '../../../src/platform/database/transaction.js';
import {
  EventStoreUnavailable,
  type Append,
  type EventStore,
} from '../../../src/platform/event-store/event-store.js';
import { PostgresEventStore } from '../../../src/platform/event-store/postgres/postgres-event-store.js';
import { createLogger } from '../../../src/platform/observability/logger.js';
import type { Projection, ProjectionType } from '../../../src/platform/projections/projection.js';
import { Projections } from '../../../src/platform/projections/projections.js';
import {
  verifyProjection,
  type Verification,
} from '../../../src/platform/projections/verification/verify.js';
import { createMigratedDatabase } from '../database/database.js';
import { patienceMs } from '../patience.js';

type Query = <Row extends pg.QueryResultRow>(sql: string, parameters?: unknown[]) => Promise<Row[]>;

export interface ProjectionBed {
  url: string;
  store: PostgresEventStore;
  query: Query;
  /** Runs work in one transaction, which ends when the work resolves. */
  transaction<Result>(work: (query: Query) => Promise<Result>): Promise<Result>;
  /** Runs projections as a process would, with connections of their own; `close` stops them at the latest. */
  run(
    types?: readonly ProjectionType[],
    options?: { through?: (store: EventStore) => EventStore },
  ): Promise<Projections>;
  /** Folds the log anew, and compares the result with the served rows. */
  verify(projection: Projection): Promise<Verification>;
  close(): Promise<void>;
}

const queryOn =
  (client: Pick<pg.PoolClient, 'query'>): Query =>
  async (sql, parameters) =>
    (await client.query(sql, parameters)).rows;

/** A log and projections in a database of their own, or in the given database. */
export const createProjectionBed = async (givenUrl?: string): Promise<ProjectionBed> => {
  const undo: (() => Promise<unknown>)[] = [];
  const open = async (url: string): Promise<pg.Pool> => {
    const pool = await openDatabase({ url, migrations });
    undo.push(() => pool.end());
    return pool;
  };
  const openStore = (pool: pg.Pool): PostgresEventStore => {
    const store = new PostgresEventStore(pool);
    undo.push(() => store.close());
    return store;
  };
  const created = givenUrl === undefined ? await createMigratedDatabase() : undefined;
  if (created) undo.push(() => created.drop());
  const url = givenUrl ?? created!.url;
  const pool = await open(url);
  return {
    url,
    store: openStore(pool),
    query: queryOn(pool),
    // A plain BEGIN has no idle time-out, so a test may hold the transaction for as long as it takes.
    transaction: (work) => inTransaction(pool, (client) => work(queryOn(client)), 'BEGIN'),
    run: async (types = [DailyFigures], { through = (store: EventStore) => store } = {}) => {
      const own = await open(url);
      const store = through(openStore(own));
      const logger = createLogger({ logLevel: 'silent' });
      const projections = new Projections(types, { store, pool: own, logger, lead: true });
      undo.push(() => projections.stop());
      await projections.prepare();
      projections.start();
      return projections;
    },
    verify: (projection) =>
      verifyProjection(projection, {
        ...{ store: openStore(pool), pool, onProgress: () => undefined },
        signal: new AbortController().signal,
      }),
    close: async () => {
      for (const step of undo.splice(0).reverse()) await step();
    },
  };
};

/** The daily figures projection with the changes that a test needs. */
export const variantOf = (
  changes: (original: DailyFigures) => Partial<Projection<FiguresChange>>,
): ProjectionType =>
  class extends DailyFigures {
    constructor() {
      super();
      Object.assign(this, changes(new DailyFigures()));
    }
  };

const appendsAtOnce = 500;

/** Makes the appends, in their order, however often the database is away meanwhile. */
export const appendAll = async (store: EventStore, appends: readonly Append[]): Promise<void> => {
  for (let done = 0; done < appends.length; done += appendsAtOnce) {
    await appendWithRetries(store, appends.slice(done, done + appendsAtOnce));
  }
};

/** Makes all appends again while any was unavailable: later appends to the same stream conflict then, and recorded ones are recognised. */
const appendWithRetries = async (store: EventStore, appends: readonly Append[]): Promise<void> => {
  for (;;) {
    const failures = (await store.appendMany(appends)).flatMap((result) =>
      result.status === 'rejected' ? [result.reason as unknown] : [],
    );
    if (failures.length === 0) return;
    if (!failures.some((failure) => failure instanceof EventStoreUnavailable)) throw failures[0] as Error;
    await sleep(50);
  }
};

/** Calls `ask` every `everyMs` until it resolves to something other than undefined or false; throws after `patienceMs`. */
export const until = async <Answer>(
  what: string,
  ask: () => Promise<Answer | undefined | false>,
  everyMs = 10,
): Promise<Answer> => {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > deadline) throw new Error(`not in time: ${what}`);
    await sleep(everyMs);
  }
};
