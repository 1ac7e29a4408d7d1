import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { projections } from '../../../src/boot/registry.js';
import { clientOf, type Client } from '../../support/api/client.js';
import { historyOf } from '../../support/api/contract.js';
import { createMigratedDatabase, type TestDatabase } from '../../support/database/database.js';
import {
  allPlanted,
  dumpOf,
  foundIn,
  plantedWords,
  plantWords,
  schemasOf,
} from '../../support/keys/planted-words.js';
import { until } from '../../support/projections/projections.js';
import { startHostedServer, type HostedServer } from '../../support/server/hosted-server.js';

/** The server and the database, which outlasts it: `startHostedServer` makes another one, and drops that. */
let database: TestDatabase;
let server: HostedServer;
let client: Client;
let ticketId: string;

const start = async (): Promise<void> => {
  server = await startHostedServer({ databaseUrl: database.url });
  client = await clientOf(server);
};

beforeAll(async () => {
  database = await createMigratedDatabase();
  await start();
  ticketId = await plantWords(client);
  await caughtUp();
});
afterAll(async () => {
  await server.close();
  await database.drop();
});

const list = async (query: string): Promise<string> => {
  const position = (await historyOf(client, ticketId)).at(-1)!.position;
  const { status, body } = await client.get(`/v1/tickets?${query}&minPosition=${position}`);
  return JSON.stringify([status, body]);
};
const caughtUp = () => Promise.all([list('status=cancelled'), list(`q=${plantedWords.note}`)]);

const rowsOfDesk = (): Promise<unknown[][]> =>
  Promise.all(
    projections
      .map((type) => new type())
      .filter(({ schema }) => schema === 'desk')
      .flatMap(({ tables }) => tables)
      .map(({ name, primaryKey }) =>
        database.query(
          `SELECT to_jsonb(row) AS row FROM desk.${name} AS row ORDER BY ${primaryKey.join(', ')}`,
        ),
      ),
  );

const dropDesk = async (): Promise<void> => {
  const { plain } = await schemasOf(database);
  await database.query(`DROP SCHEMA ${plain.join(', ')} CASCADE`);
};

const rebuilt = async (name: string): Promise<void> => {
  const path = `/v1/admin/projections/${name}`;
  const { generation } = (await client.get<{ generation: number }>(path)).body;
  expect((await client.post(`${path}/rebuild`)).status).toBe(202);
  await until('the new rows are served', async () => {
    const { body } = await client.get<{ generation: number }>(path);
    return body.generation > generation;
  });
};

describe('what people write of tickets', () => {
  it('stands in plain in the schemas that backups leave out, in no other column of the database', async () => {
    const { plain, others } = await schemasOf(database);
    expect(foundIn(await dumpOf(database, plain)).sort()).toEqual(
      allPlanted
        .filter((word) => ![plantedWords.reopening, plantedWords.cancelling].includes(word as never))
        .sort(),
    );
    expect(foundIn(await dumpOf(database, others))).toEqual([]);
  });

  it('is not in what a rebuild reports of rows that differed', async () => {
    await database.query(`UPDATE desk.tickets SET status = 'waiting', title = title || '!'`);
    await database.query(`UPDATE desk.ticket_texts SET notes = notes || '!'`);
    await database.query(`INSERT INTO desk.known_words SELECT 'pamplemousses'`);
    await rebuilt('ticket-list');
    await rebuilt('ticket-search');
    const { body } = await client.get('/v1/admin/projections');
    expect(JSON.stringify(body)).toContain('characters');
    expect(foundIn(JSON.stringify(body))).toEqual([]);
    expect(foundIn(await dumpOf(database, (await schemasOf(database)).others))).toEqual([]);
  });

  it('is not in PostgreSQL’s write-ahead log', async () => {
    const logged = await database.query(
      `SELECT relname FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
        WHERE nspname LIKE 'desk\\_%' AND relkind = 'r' AND relpersistence <> 'u'`,
    );
    expect(logged).toEqual([]);
  });

  it('is for no other role of the database', async () => {
    const { plain } = await schemasOf(database);
    const open = await database.query(
      `SELECT nspname FROM pg_namespace, aclexplode(nspacl) AS granted
        WHERE nspname = ANY ($1) AND granted.grantee <> nspowner`,
      [plain],
    );
    expect(open).toEqual([]);
  });
});

describe('the schemas with texts in plain', () => {
  it('are made anew by a server that finds a database without them', async () => {
    const before = await rowsOfDesk();
    await server.close();
    await dropDesk();
    await start();
    expect(foundIn(await list('status=cancelled'))).toContain(plantedWords.title);
    expect(await list(`q=${plantedWords.internalNote}`)).toContain(ticketId);
    expect(await rowsOfDesk()).toEqual(before);
  });

  it('are made anew by a server that loses them', async () => {
    const before = await rowsOfDesk();
    await dropDesk();
    await until('the rows are there', async () => {
      const there = await rowsOfDesk().catch(() => undefined);
      return there !== undefined && JSON.stringify(there) === JSON.stringify(before);
    });
    expect(await list(`q=${plantedWords.internalNote}`)).toContain(ticketId);
  });

  it('show nothing, and say so, where PostgreSQL has emptied their tables', async () => {
    const before = await rowsOfDesk();
    await server.close();
    for (const { table } of await database.query<{ table: string }>(
      `SELECT format('%I.%I', nspname, relname) AS table FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
        WHERE nspname LIKE 'desk\\_%' AND relkind = 'r'`,
    )) {
      await database.query(`TRUNCATE ${table}`);
    }
    const [served] = await database.query(
      `SELECT position::int FROM projections.served WHERE name = 'ticket-list'`,
    );
    expect(served).toEqual({ position: 0 });
    await start();
    await caughtUp();
    expect(await rowsOfDesk()).toEqual(before);
  });
});
