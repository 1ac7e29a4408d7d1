import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { StartRefused } from '../../../src/config/start-refused.js';
import { DataKeys } from '../../../src/keys/index.js';
import { clientOf, type Client } from '../../support/api/client.js';
import { command, done, expectProblem, historyOf, opening, ticketOf } from '../../support/api/contract.js';
import { doorTo } from '../../support/database/database-door.js';
import { createDatabase, type TestDatabase } from '../../support/database/database.js';
import type { Door } from '../../support/network/door.js';
import { testKeys } from '../../support/keys/keys.js';
import { until } from '../../support/projections/projections.js';
import { allPlanted, dumpOf, foundIn, plantWords } from '../../support/keys/planted-words.js';
import { startServerOn, startTestServer, type TestServer } from '../../support/server/server.js';

let server: TestServer;
let client: Client;
let keysDatabase: TestDatabase;
let door: Door;
let ticketId: string;

beforeAll(async () => {
  keysDatabase = await createDatabase();
  const led = await doorTo(keysDatabase.url);
  door = led.door;
  server = await startTestServer({ keys: testKeys({ KEYS_DATABASE_URL: led.url }) });
  client = await clientOf(server);
  ticketId = await plantWords(client);
});
afterAll(async () => {
  await server.close();
  await door.shut();
  await keysDatabase.drop();
});

const figures = '/v1/billets-quotidiens/2026-05-15';

describe('keys in a database of their own', () => {
  it('are there, wrapped, and nowhere in the main one', async () => {
    const [key] = await keysDatabase.query<{ wrapped: string }>(
      'SELECT wrapped FROM keys.ticket_keys WHERE ticket_id = $1',
      [ticketId],
    );
    const [main] = await server.database.query<{ there: boolean }>(
      `SELECT to_regclass('keys.ticket_keys') IS NOT NULL AS there`,
    );
    expect(main).toEqual({ there: false });
    expect(await dumpOf(server.database, ['event_store'])).not.toContain(key!.wrapped);
  });

  it('are made once for each ticket', async () => {
    const before = await keysDatabase.query('SELECT 1 FROM keys.ticket_keys');
    const commands = Array.from({ length: 200 }, () => ({ type: 'open', ...opening() }));
    const sent = await client.post<{ results: { status: string }[] }>('/v1/sync', {
      deviceId: 'd',
      commands,
    });
    expect(sent.body.results.every(({ status }) => status === 'applied')).toBe(true);
    const after = await keysDatabase.query('SELECT 1 FROM keys.ticket_keys');
    expect(after.length - before.length).toBe(200);
  });

  it('being away, keep nobody from the figures; texts are to be asked for again', async () => {
    // What is known by heart is read without them: a ticket that nobody has read yet is not.
    const { position } = (await historyOf(client, ticketId)).at(-1)!;
    const other = await startServerOn(server.database, {
      keys: testKeys({ KEYS_DATABASE_URL: (await secondDoor()).url }),
    });
    try {
      const there = await clientOf(other);
      await closeSecondDoor();
      expectProblem(await there.get(`/v1/tickets/${ticketId}`), 503, 'unavailable');
      expectProblem(await there.get(`/v1/tickets/${ticketId}/history`), 503, 'unavailable');
      expectProblem(await there.post('/v1/tickets', opening()), 503, 'unavailable');
      expect((await there.get(`${figures}?minPosition=${position}`)).status).toBe(200);
      const { position: next } = (
        await client.post<{ position: string }>('/v1/sync', {
          deviceId: 'd',
          commands: [{ type: 'open', ...opening() }],
        })
      ).body;
      expect((await there.get(`${figures}?minPosition=${next}`)).status).toBe(200);
      await second!.door.open();
      await until('texts are back', async () => (await there.get(`/v1/tickets/${ticketId}`)).status === 200);
    } finally {
      await other.close();
      await closeSecondDoor();
    }
  });

  it('refuse a start with another master key, in one line, and one that holds it too', async () => {
    const start = (MASTER_KEY: string) =>
      startServerOn(server.database, {
        keys: testKeys({ MASTER_KEY, KEYS_DATABASE_URL: keysDatabase.url }),
      });
    const other = Buffer.alloc(32, 'another').toString('hex');
    await expect(start(other)).rejects.toThrow(StartRefused);
    await expect(start(other)).rejects.toThrow(
      /^MASTER_KEY: [^\n]*another master key, local:[0-9a-f]{16}[^\n]*$/,
    );
    const both = await start(`${other},${testKeys().masterKey}`);
    try {
      expect(foundIn(JSON.stringify(await historyOf(await clientOf(both), ticketId)))).toEqual(allPlanted);
    } finally {
      await both.close();
    }
  });
});

describe('a key that is destroyed', () => {
  it('leaves a ticket whose texts are empty, in every process, and a command known by its id', async () => {
    const body = opening({ title: 'Sarrasin' });
    const opened = await client.post<{ ticketId: string }>('/v1/tickets', body);
    const id = opened.body.ticketId;
    await done(client, id, 'note', { body: 'Sarrasin encore' });
    // Another process than the server does so: it is told.
    await keysDatabase.query(
      `UPDATE keys.ticket_keys SET wrapped = NULL, destroyed_at = now() WHERE ticket_id = $1`,
      [id],
    );
    await keysDatabase.query(`SELECT pg_notify('keys_changed', $1)`, [id]);
    await until('it is forgotten', async () => (await ticketOf(client, id)).title === '');
    const history = await historyOf(client, id);
    expect(history.map(({ type, data }) => [type, data.title ?? data.body])).toEqual([
      ['TicketOpened', ''],
      ['NoteAdded', ''],
    ]);
    expect((await client.post('/v1/tickets', { ...body, title: 'Autre' })).status).toBe(200);
    expectProblem(await command(client, id, 'note', { body: 'Sarrasin' }), 409, 'texts-erased');
    await done(client, id, 'start');
    expect((await ticketOf(client, id)).status).toBe('in-progress');
  });

  it('is destroyed once, whether it was ever made or not', async () => {
    const keys = server.app.get(DataKeys);
    const { body } = await client.post<{ ticketId: string }>('/v1/tickets', opening({ title: 'Épeautre' }));
    const ids = [body.ticketId, 'never-opened'];
    expect((await keys.destroy(ids)).sort()).toEqual([...ids].sort());
    expect(await keys.destroy(ids)).toEqual([]);
    expect(await ticketOf(client, body.ticketId)).toMatchObject({ title: '', status: 'open' });
    const kept = await keysDatabase.query(
      `SELECT wrapped FROM keys.ticket_keys WHERE ticket_id = ANY ($1) AND destroyed_at IS NOT NULL`,
      [ids],
    );
    expect(kept).toEqual([{ wrapped: null }, { wrapped: null }]);
  });
});

let second: { door: Door; url: string } | undefined;
const secondDoor = async () => (second ??= await doorTo(keysDatabase.url));
const closeSecondDoor = async () => second?.door.shut();
