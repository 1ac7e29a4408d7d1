import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Pool } from 'pg';
import { confidential } from '../../../src/boot/event-log.js';
import { migrationsFor } from '../../../src/boot/registry.js';
import { startServer } from '../../../src/boot/server.js';
import { encryptLog, erasedIn, verifyEncryption, type Encryption } from '../../../src/cli/log/encrypt-log.js';
import { readSettings, type Settings } from '../../../src/config/settings.js';
import { openKeys } from '../../../src/keys/core.js';
import { openDatabase } from '../../../src/platform/database/database.js';
import { PostgresEventStore } from '../../../src/platform/event-store/postgres/postgres-event-store.js';
import { clientOf, type Client } from '../../support/api/client.js';
import { historyOf } from '../../support/api/contract.js';
import { createDatabase, type TestDatabase } from '../../support/database/database.js';
import { testKeys } from '../../support/keys/keys.js';
import { allPlanted, dumpOf, foundIn, plantWords } from '../../support/keys/planted-words.js';

const undo: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

const newDatabase = async (): Promise<TestDatabase> => {
  const database = await createDatabase();
  undo.push(() => database.drop());
  return database;
};
const settingsOf = (database: TestDatabase): Settings => ({
  ...readSettings({}),
  ...{ port: 0, logLevel: 'silent', databaseUrl: database.url, keys: testKeys() },
});
/** A server on it, until `use` is done. */
const served = async <Result>(
  database: TestDatabase,
  use: (client: Client) => Promise<Result>,
  changes: Partial<Settings> = {},
): Promise<Result> => {
  const server = await startServer({ ...settingsOf(database), ...changes });
  try {
    return await use(await clientOf(server));
  } finally {
    await server.close();
  }
};
/** The log and the keys of a database, as the command opens them. */
const opened = async (database: TestDatabase) => {
  const settings = settingsOf(database);
  const pool: Pool = await openDatabase({ url: database.url, migrations: migrationsFor(settings) });
  const keys = await openKeys(settings, { main: pool, record: () => undefined });
  const store = new PostgresEventStore(pool);
  undo.push(() =>
    keys
      .close()
      .then(() => store.close())
      .then(() => pool.end()),
  );
  return { store, keys };
};
const { signal } = new AbortController();
const onProgress = () => undefined;

/** Everything the command does with two logs, in its order. */
const copied = async (encryption: Encryption) => {
  const until = await encryption.source.lastPosition();
  const erased = await erasedIn(encryption.source, { until, signal });
  await encryption.keys.keys.destroy([...erased]);
  const options = { until, erased, signal, onProgress };
  const restored = await encryptLog(encryption, options);
  const { events } = await verifyEncryption(encryption, options);
  return { restored, events, erased: [...erased] };
};
const skeletonOf = (database: TestDatabase) =>
  database.query(
    `SELECT position, stream, revision, event_id, type, recorded_at::text FROM event_store.events ORDER BY position`,
  );
const erase = (client: Client, ticketId: string) =>
  client.post(`/v1/admin/tickets/${ticketId}/erase`, { reason: 'Demande', basis: 'Loi' });

describe('a log in which texts were erased, copied into an encrypted one', () => {
  let source: TestDatabase;
  let target: TestDatabase;
  let encryption: Encryption;
  /** One of before encryption, one that was erased before the first copy, two after it, of which one has its key left, and one that stays. */
  const tickets: Record<'older' | 'erased' | 'erasedLater' | 'crashed' | 'kept', string> = {
    ...{ older: '', erased: '', erasedLater: '', crashed: '', kept: '' },
  };
  beforeAll(async () => {
    [source, target] = [await newDatabase(), await newDatabase()];
    tickets.older = await served(source, plantWords, { plainTexts: true });
    await served(source, async (client) => {
      for (const name of ['erased', 'erasedLater', 'crashed', 'kept'] as const)
        tickets[name] = await plantWords(client);
      expect((await erase(client, tickets.erased)).status).toBe(200);
    });
    const [from, to] = [await opened(source), await opened(target)];
    encryption = { source: confidential(from.store, from.keys), target: to.store, keys: to.keys };
  });

  it('is whole, verified, and keeps the erased ones erased', async () => {
    expect(await copied(encryption)).toMatchObject({ restored: 36, events: 36, erased: [tickets.erased] });
    expect(await skeletonOf(target)).toEqual(await skeletonOf(source));
    const gone = await target.query('SELECT ticket_id FROM keys.ticket_keys WHERE wrapped IS NULL');
    expect(gone).toEqual([{ ticket_id: tickets.erased }]);
    expect(foundIn(await dumpOf(target, ['event_store', 'keys']))).toEqual([]);
  });

  it('goes on where it was after more were erased, and erases them too, with their key there or not', async () => {
    const [kept] = await source.query<{ wrapped: string; master_key_id: string }>(
      `SELECT wrapped, master_key_id FROM keys.ticket_keys WHERE ticket_id = '${tickets.crashed}'`,
    );
    await served(source, async (client) => {
      expect((await erase(client, tickets.erasedLater)).status).toBe(200);
      expect((await erase(client, tickets.crashed)).status).toBe(200);
    });
    // As a crash between the event and the key would leave it.
    await source.query('UPDATE keys.ticket_keys SET wrapped = $1, destroyed_at = NULL WHERE ticket_id = $2', [
      kept!.wrapped,
      tickets.crashed,
    ]);
    const from = await opened(source);
    encryption = { ...encryption, source: confidential(from.store, from.keys) };
    const again = await copied(encryption);
    expect(again).toMatchObject({ restored: 2, events: 38 });
    expect(again.erased.sort()).toEqual([tickets.erased, tickets.erasedLater, tickets.crashed].sort());
    expect(await copied(encryption)).toMatchObject({ restored: 0, events: 38 });
    expect(await skeletonOf(target)).toEqual(await skeletonOf(source));
  });

  it('gives a server the texts that are left, and none of the others', async () => {
    await served(target, async (client) => {
      const textsOf = async (id: string) => foundIn(JSON.stringify(await historyOf(client, id)));
      for (const id of [tickets.older, tickets.kept]) expect(await textsOf(id)).toEqual(allPlanted);
      for (const id of [tickets.erased, tickets.erasedLater, tickets.crashed])
        expect(await textsOf(id)).toEqual([]);
    });
  });
});
