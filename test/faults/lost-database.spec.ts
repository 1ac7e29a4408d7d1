import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { budgeted } from '../support/budget.js';
import { clientOf, type Answer, type Client } from '../support/api/client.js';
import { isRunning, logShape, postmasterPid } from '../support/database/embedded-database.js';
import {
  startServerProcess,
  stopServerProcesses,
  type ServerProcess,
} from '../support/server/server-process.js';
import { temporaryFolder, type TemporaryFolder } from '../support/temporary-folder.js';
import { patienceMs } from '../support/patience.js';

const lanes = 4;
const kills = budgeted(2);
/** No request may hang longer than this, whatever happens to the database. */
const maxAnswerMs = 10_000;
const day = '2026-05-15';

let folder: TemporaryFolder;
beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(async () => {
  await stopServerProcesses();
  await folder.remove();
});

const opening = () => ({
  commandId: randomUUID(),
  ticketId: randomUUID(),
  establishment: 'NIM',
  title: 'Lecteur de cartes muet',
  category: 'materiel',
  priority: 'P3',
  occurredAt: `${day}T08:12:33.120-04:00`,
});
type Opening = ReturnType<typeof opening>;

interface Sent {
  command: Opening;
  /** All answers to the command; the last one is its success. */
  answers: Answer<unknown>[];
  longestMs: number;
}

/** Several clients at once, each opening one ticket after the other and repeating commands that are answered 503. */
class Wards {
  readonly sent: Sent[] = [];
  /** Errors other than an HTTP answer; a client stops at its first one. */
  readonly failures: string[] = [];
  private stopped = false;
  private readonly working: Promise<void>[];

  constructor(client: Client) {
    this.working = Array.from({ length: lanes }, async () => {
      try {
        while (!this.stopped) await this.openOne(client);
      } catch (error) {
        this.failures.push(String((error as Error).cause ?? error));
      }
    });
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await Promise.all(this.working);
  }

  private async openOne(client: Client): Promise<void> {
    const sent: Sent = { command: opening(), answers: [], longestMs: 0 };
    this.sent.push(sent);
    for (;;) {
      const since = performance.now();
      const answer = await client.post('/v1/tickets', sent.command);
      sent.longestMs = Math.max(sent.longestMs, performance.now() - since);
      sent.answers.push(answer);
      if (answer.status !== 503) return;
      await sleep(20);
    }
  }
}

describe('a server whose PostgreSQL is killed while it serves', () => {
  let dataDir: string;
  let server: ServerProcess;
  let client: Client;
  let wards: Wards;
  const readiness: Answer<unknown>[] = [];

  beforeAll(async () => {
    dataDir = join(folder.path, 'lost');
    server = await startServerProcess({ DATA_DIR: dataDir });
    client = await clientOf(server);
    wards = new Wards(client);
    for (let kill = 1; kill <= kills; kill += 1) {
      await sleep(500);
      process.kill(await postmasterPid(dataDir), 'SIGKILL');
      await readyAgain();
    }
    await sleep(500);
    await wards.stop();
  });
  afterAll(() => server.kill('SIGTERM'));

  /** Polls the readiness until it was lost and is back; gives up after `patienceMs` or a client's failure. */
  const readyAgain = async (): Promise<void> => {
    const deadline = Date.now() + patienceMs;
    let lost = false;
    while (Date.now() < deadline) {
      const ready = await client.get('/health/ready').catch(() => undefined);
      if (!ready || wards.failures.length > 0) return;
      readiness.push(ready);
      lost ||= ready.status === 503;
      if (lost && ready.status === 200) return;
      await sleep(10);
    }
  };

  const answersOf = (status: number) =>
    wards.sent.flatMap(({ answers }) => answers.filter((answer) => answer.status === status));

  it('keeps running, and leaves no request without an answer', () => {
    const { failures } = wards;
    expect(failures.length === 0 ? [] : [...failures, server.output().slice(-2_000)]).toEqual([]);
    expect(isRunning(server.pid)).toBe(true);
  });

  it('answers 503 meanwhile, as a problem with Retry-After', () => {
    const refusals = answersOf(503);
    expect(refusals.length).toBeGreaterThan(0);
    for (const { headers, body } of refusals) {
      expect(headers.get('Content-Type')).toMatch(/^application\/problem\+json/);
      expect(Number(headers.get('Retry-After'))).toBeGreaterThan(0);
      expect(body).toMatchObject({ status: 503, type: expect.stringMatching(/\/problems\/unavailable$/) });
    }
  });

  it('answers only 201, 503 and, where the command was applied before a 503, 200', () => {
    const statuses = new Set(wards.sent.flatMap(({ answers }) => answers.map(({ status }) => status)));
    statuses.delete(200);
    expect([...statuses].sort()).toEqual([201, 503]);
    for (const { answers } of wards.sent) {
      if (answers.at(-1)?.status === 200) expect(answers[0]?.status).toBe(503);
    }
  });

  it('answers every request within 10 s', () => {
    expect(Math.max(...wards.sent.map(({ longestMs }) => longestMs))).toBeLessThan(maxAnswerMs);
  });

  it('reports not ready, and then ready again', () => {
    expect(readiness.map(({ status }) => status)).toContain(503);
    expect(readiness.at(-1)).toMatchObject({
      status: 200,
      body: { status: 'ok', database: { status: 'ok' } },
    });
  });

  it('loses no acknowledged ticket, and counts none twice', async () => {
    expect(wards.sent.length).toBeGreaterThan(lanes);
    for (const { command } of wards.sent) {
      expect((await client.get(`/v1/tickets/${command.ticketId}`)).status).toBe(200);
    }
    const { head, ...log } = await logShape(dataDir);
    expect(log).toEqual({ events: wards.sent.length, first: '1', last: head, brokenStreams: 0 });
    const figures = await client.get(`/v1/billets-quotidiens/${day}?minPosition=${head}`);
    expect(figures).toMatchObject({ status: 200, body: { total: { opened: wards.sent.length } } });
  });

  it('lists and finds every ticket again, though a crash empties the tables with texts in plain', async () => {
    const { head } = await logShape(dataDir);
    const { status, body } = await client.get<{ counts: Record<string, number> }>(
      `/v1/tickets?counts=true&minPosition=${head}`,
    );
    expect([status, body.counts.open]).toEqual([200, wards.sent.length]);
    const found = await client.get<{ items: unknown[] }>(`/v1/tickets?q=muet&minPosition=${head}`);
    expect(found.body.items.length).toBeGreaterThan(0);
    expect(server.output()).toContain('made anew from the log');
  });
});

describe('a server stopped while it works', () => {
  /** More than a second's work, so that no batch is finished when the signal comes. */
  const batches = Array.from({ length: 4 }, () =>
    Array.from({ length: 1_000 }, () => ({ type: 'open', ...opening() })),
  );
  let dataDir: string;
  let postmaster: number;
  let server: ServerProcess;
  let inHand: PromiseSettledResult<Answer<{ results: { status: string }[] }>>[];
  let stoppedAfterMs: number;

  beforeAll(async () => {
    dataDir = join(folder.path, 'stopped');
    server = await startServerProcess({ DATA_DIR: dataDir });
    postmaster = await postmasterPid(dataDir);
    const client = await clientOf(server);
    // An idle open connection must not keep the server from stopping.
    await client.get('/health/live');
    const sending = batches.map((commands) =>
      client.post<{ results: { status: string }[] }>('/v1/sync', { deviceId: 'appareil', commands }),
    );
    await begun(client);
    const since = performance.now();
    await server.kill('SIGTERM');
    stoppedAfterMs = performance.now() - since;
    inHand = await Promise.allSettled(sending);
  });

  /** Resolves once the first events of the batches are in the log. */
  const begun = async (client: Client): Promise<void> => {
    for (;;) {
      const { body } = await client.get<{ eventStore: { position: string } }>('/health/ready');
      if (body.eventStore.position !== '0') return;
    }
  };

  it('finishes the requests it has received', () => {
    for (const settled of inHand) {
      expect(settled).toMatchObject({ status: 'fulfilled', value: { status: 200 } });
      if (settled.status !== 'fulfilled') continue;
      expect(settled.value.body.results.every(({ status }) => status === 'applied')).toBe(true);
    }
  });

  it('exits with code 0 within 15 s', async () => {
    expect(await server.exited).toEqual({ code: 0, signal: null });
    expect(stoppedAfterMs).toBeLessThan(15_000);
  });

  it('stops its PostgreSQL', () => {
    expect(isRunning(postmaster)).toBe(false);
  });

  it('has everything it acknowledged after a restart', async () => {
    server = await startServerProcess({ DATA_DIR: dataDir });
    const { head } = await logShape(dataDir);
    expect(head).toBe(String(batches.flat().length));
    const client = await clientOf(server);
    expect(await client.get(`/v1/billets-quotidiens/${day}?minPosition=${head}`)).toMatchObject({
      status: 200,
      body: { total: { opened: batches.flat().length } },
    });
    await server.kill('SIGTERM');
  });
});
