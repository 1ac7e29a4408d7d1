import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Client } from '../support/api/client.js';
import { openedTicket } from '../support/api/contract.js';
import { createMigratedDatabase, type TestDatabase } from '../support/database/database.js';
import {
  startServerProcess,
  stopServerProcesses,
  type ServerProcess,
} from '../support/server/server-process.js';
import { runLogCommandProcess } from '../support/cli/log-commands.js';
import { testMasterKey } from '../support/keys/master-key.js';
import { tokenOf } from '../support/access/tokens.js';

jest.setTimeout(120_000);

let database: TestDatabase;
let token: string;
beforeAll(async () => {
  database = await createMigratedDatabase();
  token = await tokenOf('agent');
});
afterAll(async () => {
  await stopServerProcesses();
  await database.drop();
});

const start = (): Promise<ServerProcess> =>
  startServerProcess({ DATABASE_URL: database.url, ROLES: 'api', LOG_LEVEL: 'silent', RATE_LIMIT: '0' });

/** Reads one ticket after another until `over`; when each answer came, by the ticket's id. */
const readUntil = async (server: ServerProcess, over: AbortSignal): Promise<Map<string, number>> => {
  const client = new Client(server.url, token);
  const ids: string[] = [];
  for (let number = 0; number < 10; number += 1) ids.push(await openedTicket(client));
  const answered = new Map<string, number>();
  for (let number = 0; !over.aborted; number += 1) {
    const purpose = `${ids[0]!}-${number}`;
    const headers = { 'X-Purpose': purpose };
    const answer = await client
      .get(`/v1/tickets/${ids[number % ids.length]!}`, headers)
      .catch(() => undefined);
    if (answer?.status === 200) answered.set(purpose, performance.now());
  }
  return answered;
};

const logged = async (): Promise<Set<string | null>> => {
  const rows = await database.query<{ purpose: string | null }>('SELECT purpose FROM audit.accesses');
  return new Set(rows.map(({ purpose }) => purpose));
};

/** Resolves once so many reads are in the log: then the server is amid its work. */
const amidWork = async (count: number): Promise<void> => {
  while ((await logged()).size < count) await sleep(20);
};

const verified = () =>
  runLogCommandProcess('verify-access-log', [], {
    settings: { DATABASE_URL: database.url, MASTER_KEY: testMasterKey },
  });

describe('a server that is killed amid reading', () => {
  it('has logged everything that was shown more than a second before', async () => {
    const server = await start();
    const over = new AbortController();
    const reading = readUntil(server, over.signal);
    await amidWork(100);
    const killedAt = performance.now();
    await server.kill('SIGKILL');
    over.abort();
    const answered = await reading;
    const found = await logged();
    const lost = [...answered].filter(([purpose]) => !found.has(purpose));
    expect(lost.filter(([, at]) => at < killedAt - 1_000)).toEqual([]);
    expect(await verified()).toMatchObject({ code: 0 });
  });

  it('has logged everything that was shown where it was stopped in order', async () => {
    const server = await start();
    const over = new AbortController();
    const before = (await logged()).size;
    const reading = readUntil(server, over.signal);
    await amidWork(before + 50);
    const stopped = server.kill('SIGTERM');
    await stopped;
    over.abort();
    const answered = await reading;
    const found = await logged();
    expect([...answered].filter(([purpose]) => !found.has(purpose))).toEqual([]);
  });
});

describe('verify-access-log', () => {
  it('fails where a row was changed behind the server’s back', async () => {
    await database.query('ALTER TABLE audit.accesses DISABLE TRIGGER append_only');
    await database.query(`UPDATE audit.accesses SET person = 'nobody' WHERE position = 7`);
    await database.query('ALTER TABLE audit.accesses ENABLE TRIGGER append_only');
    const { code, stderr } = await verified();
    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining('at position 7 the access, or the hash stored with it, was changed'),
    ]);
  });
});
