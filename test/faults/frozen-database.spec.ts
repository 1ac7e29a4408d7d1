import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { clientOf, type Answer, type Client, type ProblemBody } from '../support/api/client.js';
import { logShape, postmasterPid } from '../support/database/embedded-database.js';
import {
  startServerProcess,
  stopServerProcesses,
  type ServerProcess,
} from '../support/server/server-process.js';
import { temporaryFolder, type TemporaryFolder } from '../support/temporary-folder.js';

/** The longest time to an answer, in milliseconds: a read may take 10 s, a new connection 5 s. */
const maxAnswerMs = 20_000;
const day = '2026-05-15';
const run = promisify(execFile);

/** One read of each kind that needs PostgreSQL: figures, their events, lists, and the state of the projections. */
const reads = [
  `/v1/billets-quotidiens/${day}`,
  `/v1/billets-quotidiens?from=${day}&to=${day}&basis=reporting-zone`,
  `/v1/billets-quotidiens/${day}/tickets?figure=opened`,
  `/v1/billets-quotidiens/${day}/tickets?figure=backlog`,
  `/v1/backlog?at=${day}T20:00:00Z`,
  '/v1/tickets',
  '/v1/tickets?q=lecteur',
  '/v1/admin/projections',
  '/v1/admin/dead-letters',
];

const opening = () => ({
  commandId: randomUUID(),
  ticketId: randomUUID(),
  establishment: 'NIM',
  title: 'Lecteur de cartes muet',
  category: 'materiel',
  priority: 'P3',
  occurredAt: `${day}T08:12:33.120-04:00`,
});

describe('a server whose PostgreSQL is frozen, with open connections that give no answer', () => {
  const commands = Array.from({ length: 3 }, opening);
  let folder: TemporaryFolder;
  let dataDir: string;
  let server: ServerProcess;
  let client: Client;
  let meanwhile: Answer<unknown>[];
  let read: Answer<unknown>[];
  let metrics: Answer<unknown>;
  let longestMs: number;

  beforeAll(async () => {
    folder = await temporaryFolder();
    dataDir = join(folder.path, 'frozen');
    server = await startServerProcess({ DATA_DIR: dataDir });
    client = await clientOf(server);
    expect((await client.post('/v1/tickets', opening())).status).toBe(201);
    // Leaves open connections in the pool: a query over one of them will get neither an answer nor an error.
    for (const { status } of await readOften()) expect(status).toBe(200);
    const frozen = await processesOf(await postmasterPid(dataDir));
    const since = performance.now();
    try {
      for (const pid of frozen) process.kill(pid, 'SIGSTOP');
      [meanwhile, read, metrics] = await Promise.all([
        Promise.all(commands.map((command) => client.post('/v1/tickets', command))),
        Promise.all(reads.map((path) => client.get(path))),
        client.get('/metrics'),
      ]);
    } finally {
      for (const pid of frozen) process.kill(pid, 'SIGCONT');
    }
    longestMs = performance.now() - since;
  });
  afterAll(async () => {
    await stopServerProcesses();
    await folder.remove();
  });

  /** Sends more reads at once than there are connections, so that each connection is used. */
  const readOften = () => Promise.all([...reads, ...reads, ...reads].map((path) => client.get(path)));

  /** The pids of the postmaster and of its child processes. */
  const processesOf = async (postmaster: number): Promise<number[]> => {
    const { stdout } = await run('pgrep', ['-P', String(postmaster)]);
    return [postmaster, ...stdout.trim().split('\n').map(Number)];
  };

  it('answers commands 503 in time', () => {
    expect(meanwhile.map(({ status }) => status)).toEqual(commands.map(() => 503));
    expect(longestMs).toBeLessThan(maxAnswerMs);
  });

  it('answers reads 503, with Retry-After', () => {
    expect(
      read.map(({ status, headers, body }, index) => [
        ...[reads[index], status, headers.get('Retry-After'), (body as ProblemBody).type],
      ]),
    ).toEqual(reads.map((path) => [path, 503, '1', '/problems/unavailable']));
  });

  it('still serves its metrics', () => {
    expect(metrics).toMatchObject({
      status: 200,
      body: expect.stringMatching(/^process_cpu_seconds_total /m),
    });
    expect(metrics.body).not.toMatch(/^event_store_position/m);
  });

  it('continues when PostgreSQL does, with exact figures', async () => {
    for (const command of commands) {
      expect([200, 201]).toContain((await client.post('/v1/tickets', command)).status);
    }
    const { head, ...log } = await logShape(dataDir);
    expect(log).toEqual({ events: commands.length + 1, first: '1', last: head, brokenStreams: 0 });
    expect(await client.get(`/v1/billets-quotidiens/${day}?minPosition=${head}`)).toMatchObject({
      status: 200,
      body: { total: { opened: commands.length + 1 } },
    });
  });

  it('reads as before, over connections without a half-read answer', async () => {
    const answers = await readOften();
    expect(answers.map(({ status }, index) => [index, status])).toEqual(
      answers.map((_, index) => [index, 200]),
    );
  });
});
