import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { type Server } from '../../src/boot/server.js';
import { EventStore } from '../../src/platform/event-store/event-store.js';
import { Projections } from '../../src/platform/projections/projections.js';
import { verifyProjection } from '../../src/platform/projections/verification/verify.js';
import { tokenOf } from '../support/access/tokens.js';
import { Client, clientOf } from '../support/api/client.js';
import { done, historyOf, openedTicket, ticketOf } from '../support/api/contract.js';
import { Listener } from '../support/api/live.js';
import { runLogCommand } from '../support/cli/log-commands.js';
import { createDatabase, type TestDatabase } from '../support/database/database.js';
import { fullScanOf, wordsIn } from '../support/keys/full-scan.js';
import { testKeys } from '../support/keys/keys.js';
import { testMasterKey } from '../support/keys/master-key.js';
import { allPlanted, dumpOf, plantedWords, plantWords } from '../support/keys/planted-words.js';
import { until } from '../support/projections/projections.js';
import { startServerOn, startTestServer, type TestServer } from '../support/server/server.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { Pool } from 'pg';

/** Words that are searched, with those of internal notes. */
const searched = ['title', 'description', 'note', 'internalNote', 'holdNote', 'resolutionNote'] as const;

let keysDatabase: TestDatabase;
let server: TestServer;
let other: Server;
let client: Client;
let elsewhere: Client;
let ticketId: string;
let keptId: string;
let live: Listener;
let cursor: string;

interface Changes {
  cursor: string;
  items: { ticketId: string; title: string }[];
}

const scanned = async (): Promise<string> =>
  `${await fullScanOf(server.database)}\n${await fullScanOf(keysDatabase)}`;
const figuresOf = async (): Promise<string> => {
  const { position } = (await historyOf(client, keptId)).at(-1)!;
  const day = new Date(Date.now() - 3_600_000).toISOString().slice(0, 10);
  const range = `from=${day}&to=${day}&minPosition=${position}`;
  const { body } = await client.get<{ items: Record<string, unknown>[] }>(`/v1/billets-quotidiens?${range}`);
  return JSON.stringify(body.items.map(({ total, establishments }) => ({ total, establishments })));
};

beforeAll(async () => {
  keysDatabase = await createDatabase();
  const keys = testKeys({ KEYS_DATABASE_URL: keysDatabase.url });
  server = await startTestServer({ keys });
  other = await startServerOn(server.database, { keys });
  client = await clientOf(server);
  elsewhere = await clientOf(other);
  live = await Listener.open(client, { 'Last-Event-ID': '0' });
  ticketId = await plantWords(client);
  keptId = await openedTicket(client, { title: 'Chaussette' });
  await done(client, keptId, 'note', { body: 'Chaussette et tricot' });
  const { position } = (await historyOf(client, keptId)).at(-1)!;
  const changes = await client.get<Changes>(`/v1/sync/changes?minPosition=${position}&limit=500`);
  cursor = changes.body.cursor;
  // What PostgreSQL samples for its planner is there, too.
  await server.database.query('ANALYZE');
}, 60_000);
afterAll(async () => {
  live.leave();
  await other.close();
  await server.close();
  await keysDatabase.drop();
});

describe('before an erasure', () => {
  it('every word is found where it is searched, and the log holds none', async () => {
    for (const name of searched) {
      const found = await client.get<{ items: { ticketId: string }[] }>(
        `/v1/tickets?q=${plantedWords[name]}`,
      );
      expect([name, found.body.items.map((item) => item.ticketId)]).toEqual([name, [ticketId]]);
    }
    expect(wordsIn(await dumpOf(server.database, ['event_store']), allPlanted)).toEqual([]);
    expect(wordsIn(await scanned(), allPlanted).length).toBeGreaterThan(5);
  });
});

describe('after an erasure', () => {
  let position: string;
  let before: string;

  it('a scan of every table of every database finds none of the words', async () => {
    before = await figuresOf();
    // Both processes have read it, with its key.
    expect((await ticketOf(elsewhere, ticketId)).title).toContain(plantedWords.title);
    const operator = new Client(server.url, await tokenOf('operator', []));
    const erased = await operator.post<{ position: string; emptied: boolean; texts: number }>(
      `/v1/admin/tickets/${ticketId}/erase`,
      { reason: 'Demande de la personne', basis: 'Loi 25, art. 28' },
    );
    expect([erased.status, erased.body]).toEqual([
      200,
      expect.objectContaining({ emptied: true, texts: 11 }),
    ]);
    expect(wordsIn(JSON.stringify(erased.body), allPlanted)).toEqual([]);
    ({ position } = erased.body);
    expect(wordsIn(await scanned(), allPlanted)).toEqual([]);
    expect(wordsIn(await scanned(), ['Chaussette'])).toEqual(['Chaussette']);
  });

  it('no process answers any of them: tickets, histories, lists, searches, changes', async () => {
    for (const reader of [client, elsewhere]) {
      await until(
        'the other process has heard of it',
        async () => (await ticketOf(reader, ticketId)).title === '',
      );
      const answers = await Promise.all([
        reader.get(`/v1/tickets/${ticketId}`),
        reader.get(`/v1/tickets/${ticketId}/history?limit=500`),
        reader.get(`/v1/tickets?minPosition=${position}&limit=500`),
        ...allPlanted.map((word) => reader.get(`/v1/tickets?q=${word}`)),
        reader.get(`/v1/sync/changes?limit=500`),
        reader.get('/v1/admin/erasures'),
        reader.get('/v1/admin/dead-letters'),
      ]);
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
      expect(wordsIn(JSON.stringify(answers.map(({ body }) => body)), allPlanted)).toEqual([]);
    }
  });

  it('a tablet that had the ticket gets it emptied', async () => {
    const { body } = await client.get<Changes>(`/v1/sync/changes?cursor=${cursor}&minPosition=${position}`);
    expect(body.items.map((item) => [item.ticketId, item.title])).toContainEqual([ticketId, '']);
  });

  it('who listens is told, and whoever comes back is told nothing of before', async () => {
    await until('it is told', () =>
      Promise.resolve(live.news.some(({ data }) => data.type === 'TicketTextsErased')),
    );
    expect(live.news.at(-1)!.data.ticket).toMatchObject({ ticketId, title: '' });
    for (const reader of [client, elsewhere]) {
      const again = await Listener.open(reader, { 'Last-Event-ID': '0' });
      await until('all is told again', () =>
        Promise.resolve(again.news.some(({ data }) => data.type === 'TicketTextsErased')),
      );
      expect(wordsIn(JSON.stringify(again.news), allPlanted)).toEqual([]);
      again.leave();
    }
  });

  it.each([[[]], [['--decrypt', '--reason', 'Contrôle']]])('an export %j holds none', async (options) => {
    const folder = await temporaryFolder();
    const out = join(folder.path, 'events.ndjson');
    const settings = {
      ...{ DATABASE_URL: server.database.url, KEYS_DATABASE_URL: keysDatabase.url },
      MASTER_KEY: testMasterKey,
    };
    const { code, stderr } = await runLogCommand('export-events', ['--out', out, ...options], { settings });
    expect([code, stderr]).toEqual([0, expect.anything()]);
    const text = await readFile(out, 'utf8');
    expect(text).toContain(ticketId);
    expect(wordsIn(text, allPlanted)).toEqual([]);
    expect(text.includes('Chaussette')).toBe(options.length > 0);
    await folder.remove();
  });

  it('figures are as they were, live and by replay', async () => {
    expect(await figuresOf()).toBe(before);
  });

  it('every projection has the same rows when it is made anew', async () => {
    const pool = new Pool({ connectionString: server.database.url });
    pool.on('error', () => undefined);
    try {
      for (const projection of server.app.get(Projections).all) {
        const { different, incomplete } = await verifyProjection(projection, {
          ...{ store: server.app.get(EventStore), pool, signal: AbortSignal.timeout(60_000) },
          onProgress: () => undefined,
        });
        expect([projection.name, different, incomplete]).toEqual([projection.name, 0, 0]);
      }
    } finally {
      await pool.end();
    }
  });

  it('another ticket keeps its texts, and the words that both had', async () => {
    expect((await ticketOf(client, keptId)).title).toBe('Chaussette');
    const found = await client.get<{ items: { ticketId: string }[] }>('/v1/tickets?q=chaussete');
    expect(found.body.items.map((item) => item.ticketId)).toEqual([keptId]);
  });
});
