import { randomUUID } from 'node:crypto';
import { openDatabase } from '../../../src/platform/database/database.js';
import { eventStoreMigrations } from '../../../src/platform/event-store/postgres/migrations.js';
import { PostgresEventStore } from '../../../src/platform/event-store/postgres/postgres-event-store.js';
import { createDatabase, type TestDatabase } from '../database/database.js';

export interface TestLog {
  database: TestDatabase;
  store: PostgresEventStore;
  /** Closes the connections, and drops the database. */
  drop(): Promise<void>;
}

/** Creates a log in a database of its own. */
export const createLog = async (): Promise<TestLog> => {
  const database = await createDatabase();
  const migrations = eventStoreMigrations;
  const pool = await openDatabase({ url: database.url, migrations });
  const store = new PostgresEventStore(pool);
  const drop = async () => {
    await store.close();
    await pool.end();
    await database.drop();
  };
  return { database, store, drop };
};

/** Characters that JSON texts may hold and that are hard for formats: separators, controls, half a surrogate pair, quotes. */
const odd = 'L’été,\u2028 \u0000\u001e\u0085\ud800 \u{1ffff}\u{1f3e5} "\\\n';

/** Appends `events` events, one to seven at a time, to streams that later calls continue, and to some new streams. */
export const appendSome = async (store: PostgresEventStore, events: number): Promise<void> => {
  const names = Array.from({ length: 40 }, (_, number) =>
    number % 4 === 3 ? `ticket-${randomUUID()}` : `ticket-${number}`,
  );
  const revisions = await Promise.all(names.map(async (name) => (await store.readStream(name)).length));
  const appends = [];
  for (let left = events, turn = 0; left > 0; turn += 1) {
    const index = turn % names.length;
    const size = Math.min(left, 1 + (turn % 7));
    appends.push({
      stream: names[index]!,
      expectedRevision: revisions[index]!,
      events: Array.from({ length: size }, (_, number) => ({
        id: randomUUID(),
        type: `thing-happened.v${1 + (turn % 2)}`,
        data: { turn, number, odd, nested: { list: [null, 1.5e300, { b: true, a: '', 10: 'ten' }] } },
        metadata: { actor: 'alice', odd, clock: { skewMs: -turn } },
      })),
    });
    revisions[index]! += size;
    left -= size;
  }
  await Promise.all(appends.map((append) => store.append(append)));
};

/** Every row of the log, as PostgreSQL returns it. */
export const rowsOf = (database: TestDatabase): Promise<Record<string, string>[]> =>
  database.query(`
    SELECT position, stream, revision, event_id, type, data::text, metadata::text, recorded_at::text
      FROM event_store.events ORDER BY position`);

export const countOf = async (database: TestDatabase): Promise<number> => {
  const [row] = await database.query<{ count: number }>(
    'SELECT count(*)::integer AS count FROM event_store.events',
  );
  return row!.count;
};
