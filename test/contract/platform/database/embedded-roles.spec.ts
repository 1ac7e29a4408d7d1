import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { rightsWithKeys } from '../../../../src/boot/application-rights.js';
import { startServer, type Server } from '../../../../src/boot/server.js';
import { openRawDatabase } from '../../../../src/cli/operations/own-database.js';
import { openEmbedded } from '../../../../src/cli/log/open-log.js';
import { readSettings, type Settings } from '../../../../src/config/settings.js';
import { connectionUrl, createDatabase } from '../../../../src/platform/database/embedded/connection.js';
import {
  runningEmbeddedPostgres,
  startEmbeddedPostgres,
} from '../../../../src/platform/database/embedded/embedded-postgres.js';
import { readServerRecord } from '../../../../src/platform/database/embedded/server-record.js';
import { verifyChain } from '../../../../src/platform/event-store/postgres/log-chain.js';
import { clientOf, type Client } from '../../../support/api/client.js';
import { historyOf } from '../../../support/api/contract.js';
import { queryAt } from '../../../support/database/database.js';
import { plantWords } from '../../../support/keys/planted-words.js';
import { until } from '../../../support/projections/projections.js';
import { temporaryFolder, type TemporaryFolder } from '../../../support/temporary-folder.js';

const role = 'billets_application';
let folder: TemporaryFolder;
let settings: Settings;
let ticketId: string;
/** Where the database is, as the one role of an earlier version saw it. */
let place: string;
let server: Server | undefined;
const undo: (() => Promise<unknown>)[] = [];

const stop = async (): Promise<void> => {
  await server?.close();
  server = undefined;
  for (const step of undo.splice(0).reverse()) await step();
};
const serve = async (changes: Partial<Settings> = {}): Promise<Client> => {
  server = await startServer({ ...settings, ...changes });
  return clientOf(server);
};

/** As earlier versions had it: one role, which owns everything and is the server's, too. */
const serveWithOneRole = async (): Promise<Client> => {
  const postgres = await startEmbeddedPostgres({ dataDir: folder.path, log: () => undefined });
  undo.push(() => postgres.stop());
  await queryAt(
    postgres.ownerUrl,
    `REVOKE EXECUTE ON FUNCTION pg_stat_file(text) FROM ${role}; REVOKE ALL ON DATABASE billets_quotidiens FROM ${role}`,
  );
  await queryAt(postgres.ownerUrl, `DROP ROLE ${role}`);
  const { masterKey: _none, ...keys } = settings.keys;
  return serve({
    databaseUrl: postgres.ownerUrl,
    keys: { ...keys, masterKey: Buffer.alloc(32).toString('base64') },
  });
};

beforeAll(async () => {
  folder = await temporaryFolder();
  settings = {
    ...readSettings({ DATA_DIR: folder.path, MASTER_KEY: Buffer.alloc(32).toString('base64') }),
    port: 0,
  };
  settings = { ...settings, logLevel: 'silent' };
  ticketId = await plantWords(await serveWithOneRole());
  await until('projections have made their rows', async () => {
    const client = await clientOf(server!);
    const at = (await historyOf(client, ticketId)).at(-1)!.position;
    return (await client.get(`/v1/tickets?minPosition=${at}`)).status === 200;
  });
  place = await placeNoted();
  await stop();
});
afterAll(async () => {
  await stop();
  await folder.remove();
});

const placeNoted = async (): Promise<string> => {
  const [row] = await queryAt<{ place: string }>(
    connectionUrl(await runtimeDir(), 'billets_quotidiens'),
    'SELECT place FROM projections.log_place',
  );
  return row!.place;
};
const runtimeDir = async () => (await readServerRecord(folder.path))!.runtimeDir;
const application = async () => (await runningEmbeddedPostgres(folder.path))!;

describe('a data folder that an earlier version made with one role', () => {
  afterEach(stop);

  it('is verified by a command before any server of this version has opened it', async () => {
    const { pool, close } = await openRawDatabase(settings);
    undo.push(close);
    expect((await pool.query('SELECT current_user AS role')).rows).toEqual([{ role }]);
    const verified = await verifyChain(pool, {
      signal: new AbortController().signal,
      onProgress: () => undefined,
    });
    expect(verified).toEqual(expect.objectContaining({ events: 7 }));
    expect(verified.broken).toBeUndefined();
    await expect(pool.query('DELETE FROM event_store.events')).rejects.toMatchObject({ code: '42501' });
  });

  it('is read as a log by the application’s role, and refuses it a change', async () => {
    const log = await openEmbedded(folder.path, 'read');
    undo.push(() => log.close());
    expect(await log.store.lastPosition()).toBe(7n);
    expect(new URL(log.url!).username).toBe(role);
  });

  it.each([
    ['nothing of it is done', (url: string) => queryAt(url, 'SELECT')],
    [
      'the role is made and has no right',
      (url: string) =>
        queryAt(url, `DROP OWNED BY ${role}; GRANT CONNECT ON DATABASE billets_quotidiens TO ${role}`),
    ],
  ])('is divided by the next start, wherever an earlier one ended: %s', async (_what, prepare) => {
    // What the application owns is the owner's again, as before.
    const postgres = await startEmbeddedPostgres({ dataDir: folder.path, log: () => undefined });
    await queryAt(postgres.ownerUrl, `REASSIGN OWNED BY ${role} TO billets`);
    await prepare(postgres.ownerUrl);
    await postgres.stop();

    const client = await serve();
    expect(await historyOf(client, ticketId)).toHaveLength(7);
    for (const name of ['ticket-list', 'daily-figures']) {
      const path = `/v1/admin/projections/${name}`;
      const before = (await client.get<{ generation: number }>(path)).body.generation;
      expect((await client.post(`${path}/rebuild`)).status).toBe(202);
      await until('the new rows are served', async () => {
        const { body } = await client.get<{ generation: number }>(path);
        return body.generation === before + 1;
      });
    }
    await plantWords(client);
    expect((await client.get('/health/ready')).status).toBe(200);
    // With another place a restored backup would be noticed that is none.
    expect(await placeNoted()).toBe(place);
    expect(place).toMatch(/^\d+:[0-9A-F]{8}:\d+:\d+$/);
  });

  it('is divided only once: a start changes nothing any more', async () => {
    await serve();
    const owners = async () =>
      queryAt(
        await application(),
        `SELECT relnamespace::regnamespace::text AS schema, relname, relowner::regrole::text AS owner, relacl::text
           FROM pg_class WHERE relnamespace::regnamespace::text !~ '^(pg_|information_schema)' ORDER BY 1, 2`,
      );
    const before = await owners();
    await stop();
    await serve();
    expect(await owners()).toEqual(before);
  });
});

describe('the embedded database', () => {
  beforeAll(() => serve());

  it.each([
    ['changes an event', `UPDATE event_store.events SET type = 'x'`],
    ['deletes events', 'DELETE FROM event_store.events'],
    ['switches a trigger off', 'ALTER TABLE event_store.events DISABLE TRIGGER append_only'],
    ['skips triggers', 'SET session_replication_role = replica'],
    ['deletes keys', 'DELETE FROM keys.ticket_keys'],
    ['changes an access', `UPDATE audit.accesses SET person = 'x'`],
    ['deletes accesses', 'DELETE FROM audit.accesses'],
    ['makes a table in public', 'CREATE TABLE public.other ()'],
    ['becomes the owner', 'SET ROLE billets'],
    ['runs a program', `COPY (SELECT 1) TO PROGRAM 'true'`],
  ])('has an application that never %s', async (_what, statement) => {
    await expect(queryAt(await application(), statement)).rejects.toMatchObject({ code: '42501' });
  });

  it('gives the application all that projections made, and nothing that is named', async () => {
    const rows = await queryAt<{ name: string; owner: string }>(
      await application(),
      `SELECT format('%s.%s', nspname, relname) AS name, relowner::regrole::text AS owner FROM pg_class
         JOIN pg_namespace ON pg_namespace.oid = relnamespace
        WHERE relkind IN ('r', 'v') AND nspname !~ '^(pg_|information_schema|public)'`,
    );
    const named = rows.filter(({ name }) => name in rightsWithKeys.tables);
    expect(new Set(named.map(({ owner }) => owner))).toEqual(new Set(['billets']));
    const made = rows.filter(({ name }) => !(name in rightsWithKeys.tables));
    expect(made.length).toBeGreaterThan(10);
    expect(made.filter(({ owner }) => owner !== role)).toEqual([]);
  });

  it('may be prepared again while it is there, and lets no other role in', async () => {
    await createDatabase(await runtimeDir(), 'billets_quotidiens');
    const [found] = await queryAt<{ there: boolean }>(
      await application(),
      `SELECT has_database_privilege('public', 'billets_quotidiens', 'CONNECT') AS there`,
    );
    expect(found).toEqual({ there: false });
  });
});
