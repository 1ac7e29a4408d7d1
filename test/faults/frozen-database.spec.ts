import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { clientOf, type Answer, type Client } from '../support/client.js';
import { logShape, postmasterPid } from '../support/embedded-database.js';
import { startServerProcess, stopServerProcesses, type ServerProcess } from '../support/server-process.js';
import { temporaryFolder, type TemporaryFolder } from '../support/temporary-folder.js';

jest.setTimeout(120_000);

/** A read may take 10 s, and a new connection 5. */
const longestAnswerMs = 20_000;
const day = '2026-05-15';
const run = promisify(execFile);

const opening = () => ({
  commandId: randomUUID(),
  ticketId: randomUUID(),
  establishment: 'NIM',
  title: 'Lecteur de cartes muet',
  category: 'materiel',
  priority: 'P3',
  occurredAt: `${day}T08:12:33.120-04:00`,
});

describe('a server whose PostgreSQL is frozen: it holds its connections, and says nothing', () => {
  const commands = Array.from({ length: 3 }, opening);
  let folder: TemporaryFolder;
  let dataDir: string;
  let server: ServerProcess;
  let client: Client;
  let meanwhile: Answer<unknown>[];
  let longestMs: number;

  beforeAll(async () => {
    folder = await temporaryFolder();
    dataDir = join(folder.path, 'frozen');
    server = await startServerProcess({ DATA_DIR: dataDir });
    client = await clientOf(server);
    expect((await client.post('/v1/tickets', opening())).status).toBe(201);
    const frozen = await processesOf(await postmasterPid(dataDir));
    const since = performance.now();
    try {
      for (const pid of frozen) process.kill(pid, 'SIGSTOP');
      meanwhile = await Promise.all(commands.map((command) => client.post('/v1/tickets', command)));
    } finally {
      for (const pid of frozen) process.kill(pid, 'SIGCONT');
    }
    longestMs = performance.now() - since;
  });
  afterAll(async () => {
    await stopServerProcesses();
    await folder.remove();
  });

  /** The postmaster and whatever it has started. */
  const processesOf = async (postmaster: number): Promise<number[]> => {
    const { stdout } = await run('pgrep', ['-P', String(postmaster)]);
    return [postmaster, ...stdout.trim().split('\n').map(Number)];
  };

  it('answers 503 in time', () => {
    expect(meanwhile.map(({ status }) => status)).toEqual(commands.map(() => 503));
    expect(longestMs).toBeLessThan(longestAnswerMs);
  });

  it('goes on when PostgreSQL does, and has the figures right', async () => {
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
});
