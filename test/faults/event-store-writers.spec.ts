import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { eventStoreMigrations } from '../../src/platform/event-store/postgres/migrations.js';
import { openDatabase } from '../../src/platform/database/database.js';
import {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
} from '../../src/platform/database/embedded/embedded-postgres.js';
import {
  AppendTimedOut,
  EventStoreUnavailable,
  type Append,
  type Appended,
  type EventBatch,
  type RecordedEvent,
} from '../../src/platform/event-store/event-store.js';
import { AppendQueue } from '../../src/platform/event-store/postgres/appending/append-queue.js';
import { PostgresEventStore } from '../../src/platform/event-store/postgres/postgres-event-store.js';
import { queryAt } from '../support/database/database.js';
import { postmasterPid } from '../support/database/embedded-database.js';
import { budgeted } from '../support/budget.js';
import { patienceMs } from '../support/patience.js';
import { Writers, type Acknowledged } from '../support/log/event-store-writers.js';
import { temporaryFolder, type TemporaryFolder } from '../support/temporary-folder.js';

/** A PostgreSQL of this file's own, since its tests kill it. */
let folder: TemporaryFolder;
let postgres: EmbeddedPostgres;

beforeAll(async () => {
  folder = await temporaryFolder();
  postgres = await startEmbeddedPostgres({ dataDir: folder.path, log: () => undefined });
});

afterAll(async () => {
  await postgres.stop();
  await folder.remove();
});

/** The URL of a new database with an empty log. */
const emptyLog = async (): Promise<string> => {
  const name = `log_${randomUUID().replaceAll('-', '')}`;
  await queryAt(postgres.ownerUrl, `CREATE DATABASE ${name}`);
  const url = new URL(postgres.ownerUrl);
  url.pathname = `/${name}`;
  const database = await openDatabase({ url: url.href, migrations: eventStoreMigrations });
  await database.end();
  return url.href;
};

/** Whether a statement reads the event before a page, by which a reader detects that the log went back. */
const isLookBack = (statement: unknown): boolean =>
  typeof statement === 'object' && statement !== null && 'text' in statement
    ? String(statement.text).includes('position = $1')
    : false;

/** A pool that records how many rows each statement returned, except statements that look back at one event. */
class CountingPool extends pg.Pool {
  readonly rowCounts: number[] = [];

  constructor(connectionString: string) {
    super({ connectionString, max: 10, connectionTimeoutMillis: 5_000 });
    this.on('error', () => undefined);
    const query = this.query.bind(this) as (statement: unknown, values?: unknown) => Promise<pg.QueryResult>;
    const counted = async (statement: unknown, values?: unknown) => {
      const result = await query(statement, values);
      if (!isLookBack(statement)) this.rowCounts.push(result.rows.length);
      return result;
    };
    this.query = counted as typeof this.query;
    this.on('connect', (client) => {
      // As in the product's pool: a checked-out connection may break while no query runs on it, and the error needs a handler.
      client.on('error', () => undefined);
      this.countCopies(client);
    });
  }

  private countCopies(client: pg.PoolClient): void {
    const run = client.query.bind(client) as (...statement: unknown[]) => unknown;
    const counted = (...statement: unknown[]) => {
      const [copy] = statement;
      if (copy instanceof Readable && 'rowCount' in copy) {
        copy.once('end', () => this.rowCounts.push(Number(copy.rowCount)));
      }
      return run(...statement);
    };
    client.query = counted as typeof client.query;
  }
}

/** Steps that close what a test has opened, run in reverse order however it ends: subscriptions close before their stores. */
const undo: (() => Promise<unknown>)[] = [];
const undoAll = async () => {
  for (const step of undo.splice(0).reverse()) await step();
};
afterEach(undoAll);

interface OpenStore {
  store: PostgresEventStore;
  pool: CountingPool;
  url: string;
}

const openStore = async (): Promise<OpenStore> => {
  const url = await emptyLog();
  const pool = new CountingPool(url);
  const store = new PostgresEventStore(pool);
  undo.push(
    () => pool.end(),
    () => store.close(),
  );
  return { store, pool, url };
};

const oneEvent = (changes: Partial<Append> = {}): Append => ({
  stream: `ticket-${randomUUID()}`,
  expectedRevision: 0,
  events: [{ id: randomUUID(), type: 'Noted', data: { text: 'été' }, metadata: {} }],
  ...changes,
});

/** Repeats the same append every 50 ms until the store is available. */
const appendUntilAnswered = async (store: PostgresEventStore, append: Append): Promise<Appended> => {
  for (;;) {
    try {
      return await store.append(append);
    } catch (error) {
      if (!(error instanceof EventStoreUnavailable)) throw error;
      await sleep(50);
    }
  }
};

/** A subscription from the beginning that keeps every event it sees, until it is stopped. */
const follow = (store: PostgresEventStore) => {
  const ended = new AbortController();
  const seen: RecordedEvent[] = [];
  const reading = (async () => {
    for await (const { events } of store.subscribe({ after: 0n, signal: ended.signal })) seen.push(...events);
  })();
  let failure: unknown;
  reading.catch((error: unknown) => (failure = error));
  const stop = async (): Promise<void> => {
    ended.abort();
    await reading;
  };
  undo.push(stop);
  return {
    seen,
    /** Resolves once the subscription has seen `count` events; throws if it failed. */
    async until(count: number): Promise<void> {
      while (seen.length < count) {
        if (failure !== undefined) throw failure as Error;
        await sleep(10);
      }
    },
    stop,
  };
};

const positionsTo = (last: number): bigint[] => Array.from({ length: last }, (_, index) => BigInt(index + 1));

describe('64 writers over 8 processes, while processes and PostgreSQL are killed', () => {
  interface Row {
    position: string;
    stream: string;
    revision: number;
    event_id: string;
    recorded_at: Date;
  }
  const processKillEveryMs = 700;
  /** The average time between PostgreSQL serving again and its next kill. */
  const databaseKillEveryMs = 2_000;
  const minDatabaseKills = budgeted(2);

  let writers: Writers;
  let databaseKills = 0;
  let log: Row[];
  let head: string;
  let seen: RecordedEvent[];

  const hasHappened = (): boolean =>
    Math.min(...Object.values(writers.counts())) > 10 &&
    writers.counts().appended > 1_000 &&
    writers.killed > 5 &&
    databaseKills >= minDatabaseKills;

  /** Whether the kills that began at `startedAt` may end: enough has happened, or `patienceMs` have passed. */
  const isOver = (startedAt: number): boolean => hasHappened() || Date.now() - startedAt > patienceMs;

  const killProcesses = async (startedAt: number) => {
    while (!isOver(startedAt)) {
      await sleep(processKillEveryMs * 2 * Math.random());
      await writers.killOne();
    }
  };

  /** Waits until the killed PostgreSQL has been restarted, which takes longer on a busy machine. */
  const untilServing = async () => {
    while (!(await queryAt(postgres.ownerUrl, 'SELECT').catch(() => false))) await sleep(50);
  };

  const killDatabase = async (startedAt: number) => {
    for (;;) {
      await untilServing();
      await sleep(databaseKillEveryMs * (0.75 + Math.random() / 2));
      if (isOver(startedAt)) return;
      process.kill(await postmasterPid(folder.path), 'SIGKILL');
      databaseKills += 1;
    }
  };

  beforeAll(async () => {
    const { store, url } = await openStore();
    const subscriber = follow(store);
    writers = new Writers(url, 8);
    try {
      const startedAt = Date.now();
      await Promise.all([killProcesses(startedAt), killDatabase(startedAt)]);
      await writers.stop();
    } finally {
      writers.kill();
    }
    log = await queryAt<Row & pg.QueryResultRow>(
      url,
      'SELECT position, stream, revision, event_id, recorded_at FROM event_store.events ORDER BY position',
    );
    head = String(await store.lastPosition());
    await subscriber.until(log.length);
    ({ seen } = subscriber);
    await undoAll();
  });

  it('saw every kind of event and answer, and enough kills', () => {
    expect({
      ...writers.counts(),
      killed: writers.killed,
      databaseKills,
      hasHappened: hasHappened(),
    }).toMatchObject({
      hasHappened: true,
    });
    const twins = writers.acknowledged.filter(({ stream }) => stream.startsWith('twin-'));
    expect(new Set(twins.map(({ stream }) => stream)).size).toBeLessThan(twins.length);
  });

  it('got no contradictory answers', () => {
    expect(writers.violations).toEqual([]);
  });

  it('left every acknowledged event in the log once, with the answered revision, position and time', () => {
    const byId = new Map(log.map((row) => [row.event_id, row]));
    const recorded = ({ ids }: Acknowledged) =>
      ids.map((id) => byId.get(id)).map((row) => row && answerOf(row));
    const answered = ({ ids, stream, revision, position, recordedAt }: Acknowledged) =>
      ids.map((_, index) => {
        const before = ids.length - 1 - index;
        return { stream, revision: revision - before, position: Number(position) - before, recordedAt };
      });
    const answerOf = ({ stream, revision, position, recorded_at }: Row) => ({
      ...{ stream, revision, position: Number(position) },
      recordedAt: recorded_at.toISOString(),
    });
    const wrong = writers.acknowledged.filter(
      (append) => JSON.stringify(recorded(append)) !== JSON.stringify(answered(append)),
    );
    expect(wrong).toEqual([]);
  });

  it('had each append acknowledged as new at most once', () => {
    const fresh = writers.acknowledged.filter(({ duplicate }) => !duplicate).flatMap(({ ids }) => ids);
    expect(new Set(fresh).size).toBe(fresh.length);
  });

  it('left positions without a gap from 1 to the head', () => {
    expect(log.filter(({ position }, index) => position !== String(index + 1))).toEqual([]);
    expect(head).toBe(String(log.length));
  });

  it('left the revisions of each stream without a gap, in the order of positions', () => {
    const newest = new Map<string, number>();
    const wrong = log.filter(({ stream, revision }) => {
      const expected = (newest.get(stream) ?? 0) + 1;
      newest.set(stream, revision);
      return revision !== expected;
    });
    expect(wrong).toEqual([]);
  });

  it('left no event id twice, and no refused event', () => {
    expect(new Set(log.map((row) => row.event_id)).size).toBe(log.length);
    expect(log.filter(({ stream }) => stream.startsWith('reused-'))).toEqual([]);
  });

  it('left recording times that never decrease', () => {
    expect(log.filter((row, index) => index > 0 && row.recorded_at < log[index - 1]!.recorded_at)).toEqual(
      [],
    );
  });

  it('left events that a subscriber running all along saw once and in order', () => {
    expect(seen.map(({ position, id }) => `${position} ${id}`)).toEqual(
      log.map(({ position, event_id }) => `${position} ${event_id}`),
    );
  });
});

describe('the log in the database', () => {
  it.each([
    'UPDATE event_store.events SET type = type',
    'DELETE FROM event_store.events',
    'TRUNCATE event_store.events',
  ])('refuses %s, even from its owner', async (statement) => {
    const { store, url } = await openStore();
    await store.append(oneEvent());
    await expect(queryAt(url, statement)).rejects.toMatchObject({ code: '42501' });
    expect(await store.lastPosition()).toBe(1n);
  });
});

describe('a subscription', () => {
  const terminateAll = (url: string) =>
    queryAt<{ listening: number }>(
      url,
      `WITH others AS MATERIALIZED (
         SELECT pid, query FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
       )
       SELECT count(*) FILTER (WHERE query LIKE 'LISTEN %')::int AS listening, bool_and(pg_terminate_backend(pid)) FROM others`,
    );

  it('survives the end of all its connections, and is again woken by notifications', async () => {
    const { store, url } = await openStore();
    const subscriber = follow(store);
    for (let round = 1; round <= 3; round += 1) {
      await appendUntilAnswered(store, oneEvent());
      await subscriber.until(round);
      await sleep(400);
      const [terminated] = await terminateAll(url);
      expect(terminated?.listening).toBe(1);
    }
    await sleep(600);
    const delays: number[] = [];
    for (let round = 4; round <= 8; round += 1) {
      await appendUntilAnswered(store, oneEvent());
      const startedAt = performance.now();
      await subscriber.until(round);
      delays.push(performance.now() - startedAt);
    }
    // Polling alone would take half a second on average.
    expect(delays.sort((a, b) => a - b)[1]).toBeLessThan(250);
    expect(subscriber.seen.map(({ position }) => position)).toEqual(positionsTo(8));
  });

  it('survives a restart of the database while a writer appends', async () => {
    const { store } = await openStore();
    const subscriber = follow(store);
    let appended = 0;
    for (let restart = 0; restart < 2; restart += 1) {
      const before = await postmasterPid(folder.path);
      process.kill(before, 'SIGINT');
      const restarted = async () =>
        ![before, undefined].includes(await postmasterPid(folder.path).catch(() => undefined));
      do {
        await appendUntilAnswered(store, oneEvent());
        appended += 1;
      } while (!(await restarted()));
    }
    await appendUntilAnswered(store, oneEvent());
    await subscriber.until(appended + 1);
    expect(subscriber.seen.map(({ position }) => position)).toEqual(positionsTo(appended + 1));
  });

  it('that is slower than the writers reads only what its reader takes', async () => {
    const { store, pool } = await openStore();
    const batchSize = 50;
    const write = async () => {
      for (let append = 0; append < 5; append += 1) {
        await Promise.all(Array.from({ length: 100 }, () => store.append(oneEvent())));
      }
    };
    await store.append(oneEvent());
    const writing = write();
    const ended = new AbortController();
    const sizes: number[] = [];
    const readBefore = pool.rowCounts.length;
    let events = 0;
    for await (const batch of store.subscribe({ after: 0n, batchSize, signal: ended.signal })) {
      sizes.push(batch.events.length);
      events += batch.events.length;
      await sleep(20);
      const read = pool.rowCounts.slice(readBefore);
      expect(read).toHaveLength(sizes.length);
      // A selected page begins with the event before it, so it may have one row more than its batch.
      const beyond = read.map((rows, index) => rows - sizes[index]!);
      expect(beyond.filter((rows) => rows !== 0 && rows !== 1)).toEqual([]);
      if (events === 501) break;
    }
    await writing;
    expect(Math.max(...sizes)).toBe(batchSize);
  });

  it('leaves nothing behind when its reader stops in the middle', async () => {
    const { store, pool } = await openStore();
    await store.append(oneEvent());
    const iterator = store
      .subscribe({ after: 0n, signal: new AbortController().signal })
      [Symbol.asyncIterator]();
    const first = (await iterator.next()) as IteratorYieldResult<EventBatch>;
    expect(first.value.events).toHaveLength(1);
    await iterator.return?.(undefined);
    await store.close();
    // Every connection is back in the pool.
    expect(pool.idleCount).toBe(pool.totalCount);
  });
});

describe('the append queue', () => {
  let url: string;
  let pool: pg.Pool;
  let blocker: pg.Client;

  beforeAll(async () => {
    url = await emptyLog();
    pool = new pg.Pool({ connectionString: url, max: 5 });
    pool.on('error', () => undefined);
    blocker = new pg.Client({ connectionString: url });
    await blocker.connect();
  });

  afterAll(async () => {
    await blocker.end();
    await pool.end();
  });

  /** Runs a function while a lock on the head of the log keeps every append waiting. */
  const whileBlocked = async <Result>(run: () => Promise<Result>): Promise<Result> => {
    await blocker.query('BEGIN; SELECT FROM event_store.head FOR UPDATE');
    try {
      return await run();
    } finally {
      await blocker.query('ROLLBACK');
    }
  };

  const reasonOf = (promise: Promise<unknown>): Promise<unknown> =>
    promise.then(
      (value) => value,
      (error: unknown) => error,
    );

  const recorded = async (append: Append): Promise<number> =>
    (await queryAt(url, 'SELECT FROM event_store.events WHERE event_id = $1', [append.events[0]!.id])).length;

  it('refuses appends beyond its limit at once, and accepts appends again later', async () => {
    const queue = new AppendQueue(pool, { maxWaiting: 3, appendDeadlineMs: 10_000 });
    const [taken, refused] = await whileBlocked(async () => {
      const first = queue.append(oneEvent());
      await sleep(50);
      const waiting = Array.from({ length: 3 }, () => queue.append(oneEvent()));
      return [[first, ...waiting], await reasonOf(queue.append(oneEvent()))] as const;
    });
    expect(refused).toBeInstanceOf(EventStoreUnavailable);
    expect(refused).not.toBeInstanceOf(AppendTimedOut);
    expect((await Promise.all(taken)).map(({ position }) => position)).toEqual(positionsTo(4));
    expect((await queue.append(oneEvent())).position).toBe(5n);
    await queue.close();
  });

  it('gives up on an append at its deadline, and the same append repeated is recorded once', async () => {
    const queue = new AppendQueue(pool, { appendDeadlineMs: 300 });
    const [sent, waited] = [oneEvent(), oneEvent()];
    const reasons = await whileBlocked(async () => {
      const first = reasonOf(queue.append(sent));
      await sleep(50);
      const startedAt = Date.now();
      const both = await Promise.all([first, reasonOf(queue.append(waited))]);
      expect(Date.now() - startedAt).toBeLessThan(2_000);
      return both;
    });
    for (const reason of reasons) expect(reason).toBeInstanceOf(EventStoreUnavailable);
    expect(reasons[1]).toBeInstanceOf(AppendTimedOut);

    const again = await Promise.all([sent, waited].map((append) => enqueueUntilAnswered(queue, append)));
    expect(await Promise.all([sent, waited].map(recorded))).toEqual([1, 1]);
    expect(new Set(again.map(({ position }) => position)).size).toBe(2);
    for (let append = 0; append < 20; append += 1) await queue.append(oneEvent());
    await queue.close();
  });

  const enqueueUntilAnswered = async (queue: AppendQueue, append: Append): Promise<Appended> => {
    for (;;) {
      const answer = await reasonOf(queue.append(append));
      if (!(answer instanceof EventStoreUnavailable)) return answer as Appended;
      await sleep(20);
    }
  };
});
