import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { clientOf, type Client } from '../support/api/client.js';
import { ago, opening, type SyncBody } from '../support/api/contract.js';
import { createDatabase, type TestDatabase } from '../support/database/database.js';
import { startServerProcess, type ServerProcess } from '../support/server/server-process.js';

let database: TestDatabase;
let server: ServerProcess;
let client: Client;
beforeAll(async () => {
  database = await createDatabase();
  server = await startServerProcess({ DATABASE_URL: database.url });
  client = await clientOf(server);
});
afterAll(async () => {
  await server.kill('SIGTERM');
  await database.drop();
});

/** A line of level error or fatal wakes somebody, so answers that follow the rules must not cause one. */
it('the server logs no error when it answers refusals and 503 as it should', async () => {
  const ticketId = randomUUID();
  const about = (type: string, body = {}) => ({ commandId: randomUUID(), ticketId, type, ...body });
  const { body } = await client.post<SyncBody>('/v1/sync', {
    deviceId: 'mobile-nim-03',
    commands: [
      { type: 'open', ...opening({ ticketId, occurredAt: ago(3600) }) },
      about('resolve', { resolution: { code: 'fixed', note: 'x' } }),
      about('start'),
      about('no such command'),
    ],
  });
  expect(body.results.map(({ status }) => status)).toEqual(['applied', 'applied', 'refused', 'refused']);
  const beyond = Number(body.position) + 1;
  const path = `/v1/billets-quotidiens/2026-05-15?minPosition=${beyond}`;
  expect((await client.send('GET', path, undefined)).status).toBe(503);
  await server.kill('SIGTERM');
  expect(server.output()).not.toMatch(/"level":(50|60)/);
});
