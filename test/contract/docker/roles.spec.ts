import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataKeys } from '../../../src/keys/index.js';
import { clientOf, type Client } from '../../support/api/client.js';
import { historyOf } from '../../support/api/contract.js';
import {
  createDatabase,
  createMigratedDatabase,
  queryAt,
  type TestDatabase,
} from '../../support/database/database.js';
import { textOf } from '../../support/docker/compose.js';
import { plantWords } from '../../support/keys/planted-words.js';
import { until } from '../../support/projections/projections.js';
import { startTestServer, type TestServer } from '../../support/server/server.js';

/** What psql makes of the script: it takes two passwords from the environment, which this PostgreSQL does not ask for. */
const script = textOf('docker/postgres/roles.sql')
  .replaceAll(/^\\getenv .*$/gm, '')
  .replaceAll(/:'\w+'/g, `'a password'`);

let database: TestDatabase;
let server: TestServer;
const urlOf = (role: string) => Object.assign(new URL(database.url), { username: role }).href;
const roles = () => ({ databaseUrl: urlOf('billets_application'), migrationsUrl: urlOf('billets_owner') });
const start = async (settings: Parameters<typeof startTestServer>[0]): Promise<Client> => {
  server = await startTestServer(settings);
  return clientOf(server);
};

describe('the script of the compose files, on the volume of an earlier version', () => {
  let ticketId: string;
  beforeAll(async () => {
    database = await createMigratedDatabase();
    const client = await start({ databaseUrl: database.url });
    ticketId = await plantWords(client);
    const at = (await historyOf(client, ticketId)).at(-1)!.position;
    await client.get(`/v1/tickets?minPosition=${at}`);
    await server.close();
  });
  afterAll(async () => {
    await server.close();
    await database.drop();
    await queryAt(process.env.TEST_DATABASE_URL!, 'DROP ROLE billets_owner');
  });

  it('leaves nothing to the superuser but what extensions brought, however often it is run', async () => {
    for (const _time of [1, 2]) await queryAt(database.url, script);
    const left = await database.query(
      `SELECT relname FROM pg_class WHERE relowner = current_user::regrole AND relnamespace::regnamespace::text !~ '^(pg_|information_schema)'
        UNION ALL SELECT nspname FROM pg_namespace WHERE nspowner = current_user::regrole AND nspname !~ '^(pg_|information_schema)'
        UNION ALL SELECT proname FROM pg_proc WHERE proowner = current_user::regrole AND pronamespace::regnamespace::text !~ '^(pg_|information_schema)'
           AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_proc'::regclass AND objid = pg_proc.oid AND deptype = 'e')`,
    );
    expect(left).toEqual([]);
  });

  it('makes roles by which the server goes on, rebuilds and destroys keys', async () => {
    const client = await start(roles());
    expect(await historyOf(client, ticketId)).toHaveLength(7);
    const path = '/v1/admin/projections/daily-figures';
    expect((await client.post(`${path}/rebuild`)).status).toBe(202);
    await until('the new rows are served', async () => {
      const { body } = await client.get<{ generation: number }>(path);
      return body.generation === 2;
    });
    expect(await server.app.get(DataKeys).destroy([ticketId])).toEqual([ticketId]);
  });

  it.each([
    ['changes an event', `UPDATE event_store.events SET type = 'x'`],
    ['deletes accesses', 'DELETE FROM audit.accesses'],
    ['deletes keys', 'DELETE FROM keys.ticket_keys'],
    ['switches a trigger off', 'ALTER TABLE event_store.events DISABLE TRIGGER append_only'],
    ['becomes the owner', 'SET ROLE billets_owner'],
  ])('makes an application that never %s', async (_what, statement) => {
    await expect(queryAt(urlOf('billets_application'), statement)).rejects.toMatchObject({ code: '42501' });
  });

  it('makes an owner that is no superuser', async () => {
    const found = await database.query(
      `SELECT rolname FROM pg_roles WHERE rolname LIKE 'billets\\_%' AND (rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls)`,
    );
    expect(found).toEqual([]);
  });
});

describe('the script of the compose files, on a new volume', () => {
  it('makes roles by which the server makes everything', async () => {
    database = await createDatabase();
    await queryAt(database.url, script);
    const client = await start(roles());
    expect(await historyOf(client, await plantWords(client))).toHaveLength(7);
    await server.close();
    await database.drop();
    await queryAt(process.env.TEST_DATABASE_URL!, 'DROP ROLE billets_owner');
  });
});
