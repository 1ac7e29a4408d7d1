import { randomInt, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { budgeted } from '../support/budget.js';
import { clientOf, type Answer, type Client } from '../support/api/client.js';
import { command, openedTicket, ticketOf } from '../support/api/contract.js';
import { createDatabase, type TestDatabase } from '../support/database/database.js';
import { doorTo } from '../support/database/database-door.js';
import type { Door } from '../support/network/door.js';
import {
  startServerProcess,
  stopServerProcesses,
  type ServerProcess,
} from '../support/server/server-process.js';

let database: TestDatabase;
let door: Door;
let serverOne: ServerProcess;
let clientOfOne: Client;
let clientOfTwo: Client;
beforeAll(async () => {
  database = await createDatabase();
  const through = await doorTo(database.url);
  ({ door } = through);
  // Only the second server runs projections, so that no projection waits for the frozen server.
  serverOne = await startServerProcess({ DATABASE_URL: through.url, ROLES: 'api', LOG_LEVEL: 'warn' });
  const serverTwo = await startServerProcess({ DATABASE_URL: database.url, LOG_LEVEL: 'warn' });
  clientOfOne = await clientOf(serverOne);
  clientOfTwo = await clientOf(serverTwo);
});
afterAll(async () => {
  await stopServerProcesses();
  await door.shut();
  await database.drop();
});

const pair = async (): Promise<[string, string]> => [
  await openedTicket(clientOfTwo),
  await openedTicket(clientOfTwo),
];
const mergeAt = (client: Client, from: string, into: string): Promise<Answer<unknown>> =>
  command(client, from, 'merge', { into });
/** Expects that not all tickets are merged, which crossing merges must never reach; gives their statuses. */
const assertNoCircle = async (tickets: readonly string[]): Promise<string[]> => {
  const statuses = await Promise.all(tickets.map(async (id) => (await ticketOf(clientOfTwo, id)).status));
  expect(statuses.filter((status) => status === 'merged').length).toBeLessThan(tickets.length);
  return statuses;
};

describe('a server that is frozen during a merge', () => {
  it('does not block merges at other servers, wherever it was frozen', async () => {
    for (let round = 0; round < budgeted(6); round += 1) {
      const [a, b] = await pair();
      const crossing = mergeAt(clientOfOne, a, b);
      await sleep(randomInt(12));
      process.kill(serverOne.pid, 'SIGSTOP');
      let there: Answer<unknown>;
      let elsewhere: Answer<unknown>;
      try {
        const [c, d] = await pair();
        elsewhere = await mergeAt(clientOfTwo, c, d);
        there = await mergeAt(clientOfTwo, b, a);
      } finally {
        process.kill(serverOne.pid, 'SIGCONT');
      }
      const here = await crossing;
      expect(elsewhere.status).toBe(200);
      expect([here.status, there.status].sort()).toEqual([200, 409]);
      expect((await assertNoCircle([a, b])).sort()).toEqual(['merged', 'open']);
    }
  });
});

describe('a server whose database goes silent during a merge', () => {
  it('answers 503 in time, does not block merges at other servers, and recovers with its database', async () => {
    const [a, b] = await pair();
    door.holdAnswers();
    const cut = [a, b].map((from) => mergeAt(clientOfOne, from, from === a ? b : a));
    const [c, d] = await pair();
    expect((await mergeAt(clientOfTwo, c, d)).status).toBe(200);
    expect((await Promise.all(cut)).map(({ status }) => status)).toEqual([503, 503]);
    door.letAnswersOut();
    door.drop();
    await assertNoCircle([a, b]);
    const [e, f] = await pair();
    let answer = await mergeAt(clientOfOne, e, f);
    // Idle connections that were lost are detected only when they are used.
    for (let left = 20; answer.status === 503 && left > 0; left -= 1)
      answer = await mergeAt(clientOfOne, e, f);
    expect(answer.status).toBe(200);
  });
});

describe('crossing merges on two servers, each the only command of a batch', () => {
  it('are applied exactly once', async () => {
    const sync = (client: Client, ticketId: string, into: string) =>
      client.post('/v1/sync', {
        deviceId: 'tablette',
        commands: [{ type: 'merge', commandId: randomUUID(), ticketId, into }],
      });
    await Promise.all(
      Array.from({ length: 20 }, async () => {
        const [a, b] = await pair();
        await Promise.all([sync(clientOfOne, a, b), sync(clientOfTwo, b, a)]);
        expect((await assertNoCircle([a, b])).sort()).toEqual(['merged', 'open']);
      }),
    );
  });
});
