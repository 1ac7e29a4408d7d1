import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { readSettings, type Settings } from '../../../src/config/settings.js';
import { startServer, type Server } from '../../../src/boot/server.js';
import { clientOf, type Client } from '../../support/api/client.js';
import { expectProblem, openedTicket } from '../../support/api/contract.js';
import { createDatabase, type TestDatabase } from '../../support/database/database.js';
import { testMasterKey } from '../../support/keys/master-key.js';

let database: TestDatabase;
let api: Server;
let client: Client;
const started: Server[] = [];
const start = async (roles: string): Promise<Server> => {
  const settings: Settings = {
    ...readSettings({ MASTER_KEY: testMasterKey, ROLES: roles }),
    port: 0,
    databaseUrl: database.url,
  };
  const server = await startServer({ ...settings, logLevel: 'silent' });
  started.push(server);
  return server;
};
beforeAll(async () => {
  database = await createDatabase();
  api = await start('api');
  client = await clientOf(api);
}, 30_000);
afterAll(async () => {
  await Promise.all(started.map((server) => server.close()));
  await database.drop();
});

const healthOf = async (of: Client) => {
  const { body } = await of.get<{ projections: Record<string, { state: string; leader: string | null }> }>(
    '/health/ready',
  );
  return body.projections['daily-figures'];
};

it('a process with the role «api» alone runs no projection', async () => {
  await openedTicket(client);
  expect(await healthOf(client)).toMatchObject({ state: 'leaderless', leader: null });
});

it('a process with the role «projections» counts, and the «api» process serves its figures', async () => {
  const worker = await start('projections');
  await openedTicket(client);
  const position = await healthPosition();
  // Yesterday in UTC: today's date in UTC may not have begun anywhere in the network.
  const day = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
  const answer = await client.get(`/v1/billets-quotidiens/${day}?minPosition=${position}`);
  expect(answer.status).toBe(200);
  expect(await healthOf(await clientOf(worker))).toMatchObject({ state: 'following' });
}, 20_000);

it('a process without the role «api» answers only health, metrics and the operators’ requests', async () => {
  const worker = await clientOf(started[1]!);
  for (const path of ['/health/live', '/metrics', '/v1/admin/projections']) {
    expect([path, (await worker.get(path)).status]).toEqual([path, 200]);
  }
  expectProblem(await worker.get('/v1/billets-quotidiens/2026-05-15'), 404, 'not-found');
});

const healthPosition = async (): Promise<string> => {
  const { body } = await client.get<{ eventStore: { position: string } }>('/health/ready');
  return body.eventStore.position;
};
