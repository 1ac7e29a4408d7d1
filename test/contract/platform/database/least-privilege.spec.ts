import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { rightsWithKeys } from '../../../../src/boot/application-rights.js';
import { DataKeys } from '../../../../src/keys/index.js';
import { clientOf, type Client } from '../../../support/api/client.js';
import { historyOf } from '../../../support/api/contract.js';
import { createDatabase, queryAt, type TestDatabase } from '../../../support/database/database.js';
import { foundIn, plantedWords, plantWords } from '../../../support/keys/planted-words.js';
import { until } from '../../../support/projections/projections.js';
import { startTestServer, type TestServer } from '../../../support/server/server.js';

const suffix = randomUUID().slice(0, 8);
const [owner, application] = [`owner_${suffix}`, `application_${suffix}`];

/** As in docs/operations.md, but for the passwords, which this PostgreSQL does not ask for. */
const roles = (database: string) => [
  `CREATE ROLE ${owner} LOGIN`,
  `CREATE ROLE ${application} LOGIN`,
  `ALTER DATABASE ${database} OWNER TO ${owner}`,
  `REVOKE ALL ON DATABASE ${database} FROM PUBLIC`,
  `GRANT CONNECT ON DATABASE ${database} TO ${application}`,
  `ALTER SCHEMA public OWNER TO ${owner}`,
];

let database: TestDatabase;
let server: TestServer;
let client: Client;
let ticketId: string;
const urlOf = (role: string): string => {
  const url = new URL(database.url);
  url.username = role;
  return url.href;
};
const start = async (migrationsUrl: string | undefined = urlOf(owner)): Promise<void> => {
  server = await startTestServer({ databaseUrl: urlOf(application), migrationsUrl });
  client = await clientOf(server);
};

beforeAll(async () => {
  database = await createDatabase();
  for (const statement of roles(new URL(database.url).pathname.slice(1))) await database.query(statement);
  await start();
  ticketId = await plantWords(client);
});
afterAll(async () => {
  await server.close();
  await database.query(`DROP OWNED BY ${owner}, ${application} CASCADE`);
  const [me] = await database.query<{ role: string }>('SELECT current_user AS role');
  await database.query(`ALTER DATABASE ${new URL(database.url).pathname.slice(1)} OWNER TO ${me!.role}`);
  await database.query(`DROP ROLE ${owner}, ${application}`);
  await database.drop();
});

const as = (role: string, sql: string) => queryAt(urlOf(role), sql);
const position = async () => (await historyOf(client, ticketId)).at(-1)!.position;

describe('a server whose role owns nothing but what projections make', () => {
  it('keeps what people save, changes it and deletes it', async () => {
    const path = `/v1/views/${randomUUID()}`;
    const save = (name: string) => client.send('PUT', path, { name, filter: { priority: 'P1' } });
    expect((await save('P1')).status).toBe(201);
    expect((await save('Urgents')).status).toBe(200);
    expect((await client.get<{ name: string }>(path)).body.name).toBe('Urgents');
    expect((await client.send('DELETE', path, undefined)).status).toBe(200);
    const template = `/v1/templates/${randomUUID()}`;
    expect((await client.send('PUT', template, { name: 'Vu', text: 'Vu' })).status).toBe(201);
    const application = { ticketIds: [ticketId], commandId: randomUUID() };
    expect((await client.post(`${template}/apply`, application)).status).toBe(200);
  });

  it('takes commands, lists, searches and counts', async () => {
    const at = await position();
    const { body } = await client.get(`/v1/tickets?q=${plantedWords.note}&minPosition=${at}`);
    expect(foundIn(JSON.stringify(body))).toContain(plantedWords.title);
    expect((await client.get(`/v1/billets-quotidiens/2026-05-15?minPosition=${at}`)).status).toBe(200);
    expect((await client.get('/health/ready')).status).toBe(200);
  });

  it.each(['ticket-list', 'daily-figures', 'ticket-relations'])('rebuilds %s', async (name) => {
    const path = `/v1/admin/projections/${name}`;
    expect((await client.post(`${path}/rebuild`)).status).toBe(202);
    await until('the new rows are served', async () => {
      const { body } = await client.get<{ generation: number }>(path);
      return body.generation === 2;
    });
  });

  it('starts again on what is there', async () => {
    await server.close();
    await start();
    expect((await client.get(`/v1/tickets?minPosition=${await position()}`)).status).toBe(200);
  });

  it('starts without its owner once that has brought the schema up to date, and not before', async () => {
    await server.close();
    const without = () => startTestServer({ databaseUrl: urlOf(application), migrationsUrl: undefined });
    const [newest] = await database.query<{ timestamp: string; name: string }>(
      'DELETE FROM migrations WHERE id = (SELECT max(id) FROM migrations) RETURNING timestamp, name',
    );
    await expect(without()).rejects.toThrow(
      /^DATABASE_URL: the database is of an earlier version, .* in MIGRATIONS_DATABASE_URL first$/,
    );
    await database.query('INSERT INTO migrations (timestamp, name) VALUES ($1, $2)', [
      newest!.timestamp,
      newest!.name,
    ]);
    server = await without();
    client = await clientOf(server);
    expect((await client.get(`/v1/tickets?minPosition=${await position()}`)).status).toBe(200);
  });

  it('is given what projections made while the owner was the server, where the owner may do so', async () => {
    await server.close();
    await database.query(`REASSIGN OWNED BY ${application} TO ${owner}`);
    await expect(start()).rejects.toThrow(
      /^DATABASE_URL: the role .* does not own .*«GRANT .* in MIGRATIONS_DATABASE_URL: it then hands over/,
    );
    await database.query(`GRANT ${application} TO ${owner}`);
    await start();
    await database.query(`REVOKE ${application} FROM ${owner}`);
    const path = '/v1/admin/projections/ticket-search';
    const { generation } = (await client.get<{ generation: number }>(path)).body;
    expect((await client.post(`${path}/rebuild`)).status).toBe(202);
    await until('the new rows are served', async () => {
      const { body } = await client.get<{ generation: number }>(path);
      return body.generation === generation + 1;
    });
  });

  it('destroys a ticket’s key', async () => {
    await server.app.get(DataKeys).destroy([`ticket-${ticketId}`]);
    const [row] = await database.query(
      `SELECT count(*)::int AS gone FROM keys.ticket_keys WHERE wrapped IS NULL`,
    );
    expect(row).toEqual({ gone: 1 });
  });
});

describe('the application’s role', () => {
  it.each([
    ['changes an event', `UPDATE event_store.events SET type = 'x'`],
    ['deletes events', 'DELETE FROM event_store.events'],
    ['empties the log', 'TRUNCATE event_store.events'],
    ['drops the log', 'DROP TABLE event_store.events'],
    ['switches a trigger off', 'ALTER TABLE event_store.events DISABLE TRIGGER append_only'],
    ['skips triggers', 'SET session_replication_role = replica'],
    [
      'replaces a function of the log',
      `CREATE OR REPLACE FUNCTION event_store.refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN END'`,
    ],
    ['makes a table beside the log', 'CREATE TABLE event_store.other ()'],
    ['deletes the end of the log', 'DELETE FROM event_store.head'],
    ['deletes keys', 'DELETE FROM keys.ticket_keys'],
    ['empties the keys', 'TRUNCATE keys.ticket_keys'],
    ['moves a key to another ticket', `UPDATE keys.ticket_keys SET ticket_id = 'x'`],
    ['makes a table beside the keys', 'CREATE TABLE keys.other ()'],
    ['makes a table in public', 'CREATE TABLE public.other ()'],
    ['says that a migration ran', `INSERT INTO migrations (timestamp, name) VALUES (1, 'x')`],
    ['makes a role', 'CREATE ROLE anyone'],
    ['becomes the owner', `SET ROLE ${owner}`],
  ])('never %s', async (_what, sql) => {
    await expect(as(application, sql)).rejects.toMatchObject({ code: '42501' });
  });

  it('has the rights that are named, and none on a table that is not', async () => {
    const rows = await database.query<{ name: string; rights: string }>(
      `SELECT name, string_agg(DISTINCT granted, ', ' ORDER BY granted) AS rights FROM (
         SELECT table_schema || '.' || table_name AS name, privilege_type AS granted FROM information_schema.table_privileges WHERE grantee = $1
          UNION SELECT table_schema || '.' || table_name, privilege_type FROM information_schema.column_privileges WHERE grantee = $1
       ) AS rights WHERE split_part(name, '.', 1) = ANY ($2) AND NOT EXISTS (
         SELECT FROM pg_class WHERE oid = to_regclass(name) AND relowner = $1::regrole)
       GROUP BY name`,
      [application, Object.keys(rightsWithKeys.schemas)],
    );
    const named = Object.entries(rightsWithKeys.tables).map(([name, rights]) => ({
      name,
      rights: rights
        .replace(/ \(.*\)/, '')
        .split(', ')
        .sort()
        .join(', '),
    }));
    const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
    expect(rows.sort(byName)).toEqual(named.sort(byName));
  });
});

it('a start is refused in one line where the owner is in another database', async () => {
  const { TEST_DATABASE_URL = '' } = process.env;
  await expect(
    startTestServer({ databaseUrl: urlOf(application), migrationsUrl: TEST_DATABASE_URL }),
  ).rejects.toThrow(/^MIGRATIONS_DATABASE_URL: expected the same database/);
});
