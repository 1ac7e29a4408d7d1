import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { migrationsFor } from '../../../src/boot/registry.js';
import { readSettings } from '../../../src/config/settings.js';
import { startServer, type Server } from '../../../src/boot/server.js';
import { clientOf, type Client } from '../../support/api/client.js';
import {
  ago,
  command,
  historyOf,
  openedTicket,
  opening,
  ticketOf,
  type SyncBody,
} from '../../support/api/contract.js';
import { createDatabase, type TestDatabase } from '../../support/database/database.js';
import { testMasterKey } from '../../support/keys/master-key.js';

let database: TestDatabase;
let servers: Server[];
let clients: Client[];
beforeAll(async () => {
  database = await createDatabase();
  const settings = {
    ...readSettings({ MASTER_KEY: testMasterKey }),
    port: 0,
    databaseUrl: database.url,
    logLevel: 'silent' as const,
  };
  servers = await Promise.all([startServer(settings), startServer(settings), startServer(settings)]);
  clients = await Promise.all(servers.map(clientOf));
}, 30_000);
afterAll(async () => {
  await Promise.all(servers.map((server) => server.close()));
  await database.drop();
});

interface Day {
  total: Record<string, number>;
  establishments: unknown[];
  position: string;
}
const figuresOf = async (client: Client, date: string, position: string): Promise<Day> => {
  const path = `/v1/billets-quotidiens/${date}?minPosition=${position}`;
  const { status, body } = await client.get<Day>(path);
  expect(status).toBe(200);
  return body;
};
const latestOf = (positions: readonly string[]): string =>
  positions.reduce((latest, position) => (BigInt(position) > BigInt(latest) ? position : latest));

describe('three servers started at once on one new database', () => {
  it('run every migration once', async () => {
    const rows = await database.query<{ name: string }>('SELECT name FROM migrations ORDER BY id');
    expect(rows.map(({ name }) => name)).toEqual(migrationsFor(readSettings({})).map(({ name }) => name));
  });

  it('all serve the same log', async () => {
    for (const client of clients) {
      const { status, body } = await client.get<{ eventStore: { log: string } }>('/health/ready');
      expect([status, body.eventStore.log]).toEqual([200, expect.stringMatching(/^[\da-f-]{36}$/)]);
    }
    const logs = await Promise.all(
      clients.map(
        async (client) => (await client.get<{ eventStore: { log: string } }>('/health/ready')).body,
      ),
    );
    expect(new Set(logs.map(({ eventStore }) => eventStore.log)).size).toBe(1);
  });

  it('show the same tickets and histories, whichever server took the command', async () => {
    const [first, second, third] = clients as [Client, Client, Client];
    const ticketId = await openedTicket(first);
    expect((await command(second, ticketId, 'start')).status).toBe(200);
    expect((await command(third, ticketId, 'resolve')).status).toBe(200);
    const histories = await Promise.all(clients.map((client) => historyOf(client, ticketId)));
    expect(histories[0]?.map(({ type }) => type)).toEqual(['TicketOpened', 'WorkStarted', 'TicketResolved']);
    for (const history of histories) expect(history).toEqual(histories[0]);
  });

  it('apply a command once when it is sent to all of them at once', async () => {
    for (let round = 0; round < 10; round += 1) {
      const openCommand = opening({ ticketId: randomUUID() });
      const answers = await Promise.all(clients.map((client) => client.post('/v1/tickets', openCommand)));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 201]);
    }
  });

  it('apply exactly one of two crossing merges sent to two servers', async () => {
    const [first, second, third] = clients as [Client, Client, Client];
    await Promise.all(
      Array.from({ length: 10 }, async () => {
        const [a, b] = await Promise.all([openedTicket(first), openedTicket(second)]);
        await Promise.all([
          command(first, a, 'merge', { into: b }),
          command(second, b, 'merge', { into: a }),
        ]);
        const statuses = [(await ticketOf(third, a)).status, (await ticketOf(third, b)).status];
        expect(statuses.sort()).toEqual(['merged', 'open']);
      }),
    );
  }, 15_000);

  it('count every event once, with a projection in each of them', async () => {
    const date = '2026-05-15';
    const batches = Array.from({ length: 12 }, () =>
      Array.from({ length: 40 }, () =>
        opening({ ticketId: randomUUID(), occurredAt: `${date}T12:00:00-04:00` }),
      ),
    );
    const positions = await Promise.all(
      batches.flatMap((openings, index) => {
        const commands = openings.flatMap((body, number) => [
          { type: 'open', ...body },
          ...(number % 2 === 0
            ? [
                {
                  type: 'resolve',
                  commandId: randomUUID(),
                  ticketId: body.ticketId,
                  resolution: { code: 'fixed', note: 'x' },
                  occurredAt: `${date}T13:00:00-04:00`,
                },
              ]
            : []),
        ]);
        // Each batch goes to two of the three servers, so that every command arrives twice.
        return [clients[index % 3]!, clients[(index + 1) % 3]!].map(async (client) => {
          const answer = await client.post<SyncBody>('/v1/sync', { deviceId: 'd', commands });
          expect(answer.body.results.filter(({ status }) => status === 'refused')).toEqual([]);
          return answer.body.position;
        });
      }),
    );
    const position = latestOf(positions);
    for (const client of clients) {
      const { total } = await figuresOf(client, date, position);
      expect(total).toMatchObject({ opened: 480, resolved: 240, resolvedSameDay: 240, backlog: 240 });
    }
    const [counted] = await database.query<{ events: string; last: string; head: string }>(
      `SELECT count(*) AS events, max(position) AS last, (SELECT position FROM event_store.head) AS head
         FROM event_store.events`,
    );
    expect(counted?.events).toBe(counted?.last);
    expect(counted?.head).toBe(counted?.last);
  }, 20_000);

  it('keep the figures up to date when one of them stops', async () => {
    await servers[0]!.close();
    const [, second, third] = clients as [Client, Client, Client];
    const before = await figuresOf(third, '2026-05-16', '0');
    const { headers } = await second.post('/v1/tickets', opening({ occurredAt: '2026-05-16T12:00:00Z' }));
    const after = await figuresOf(third, '2026-05-16', headers.get('Position')!);
    expect(after.total.opened).toBe(before.total.opened! + 1);
    expect((await second.post('/v1/tickets', opening({ occurredAt: ago(1) }))).status).toBe(201);
  });
});
