import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { tokenOfAll } from '../support/access/tokens.js';
import { PlainBrowser } from '../support/access/session.js';
import { opening, type TicketBody } from '../support/api/contract.js';
import { createMigratedDatabase, type TestDatabase } from '../support/database/database.js';
import { Lane } from '../support/server/lane.js';
import { leftOf, treeOf } from '../support/server/process-tree.js';
import {
  startServerProcess,
  stopServerProcesses,
  type ServerProcess,
} from '../support/server/server-process.js';

let database: TestDatabase;
let server: ServerProcess;
let token: string;
const lanes: Lane[] = [];
const open = (): Lane => {
  const lane = new Lane(server.url, token);
  lanes.push(lane);
  return lane;
};
/** Its workers, by their program's name in the command line. */
const workers = (of = server): number[] =>
  treeOf(of.pid).flatMap(({ pid }) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('worker-program') ? [pid] : [];
    } catch {
      return [];
    }
  });
/** A connection to each of two workers. */
const twoLanes = async (): Promise<[Lane, Lane]> => {
  const first = open();
  const pid = await first.pidAmong(workers());
  for (;;) {
    const second = open();
    const other = await second.pidAmong(workers());
    if (other !== undefined && other !== pid) return [first, second];
  }
};
const until = async (look: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await look())) await sleep(20);
};

beforeAll(async () => {
  token = await tokenOfAll();
  database = await createMigratedDatabase();
  server = await startServerProcess({ DATABASE_URL: database.url, WORKERS: '2', RATE_LIMIT: '0' });
});
afterEach(() => {
  for (const lane of lanes.splice(0)) lane.close();
});
afterAll(async () => {
  await stopServerProcesses();
  await database.drop();
});

const opened = async (lane: Lane, body = opening()) => {
  const { status, headers, body: ticket } = await lane.post<TicketBody>('/v1/tickets', body);
  expect(status).toBe(201);
  return { ticketId: ticket.ticketId, position: String(headers.position) };
};

describe('workers that answer on one port', () => {
  it('are as many as WORKERS says, and are greeted for once', () => {
    expect(workers()).toHaveLength(2);
    expect(server.output().match(/serves at/g)).toHaveLength(1);
  });

  it('read what another one has written', async () => {
    const [one, other] = await twoLanes();
    for (const [writer, reader] of [
      [one, other],
      [other, one],
    ] as const) {
      const { ticketId, position } = await opened(writer);
      expect((await reader.get(`/v1/tickets/${ticketId}`)).status).toBe(200);
      const path = `/v1/tickets?status=open&limit=500&minPosition=${position}`;
      const { body } = await reader.get<{ items: TicketBody[] }>(path);
      expect(body.items.map((item) => item.ticketId)).toContain(ticketId);
    }
  });

  it('carry out a command once, whichever of them it reaches', async () => {
    const [one, other] = await twoLanes();
    const body = { ...opening(), commandId: randomUUID(), ticketId: randomUUID() };
    const answers = await Promise.all([one, other, one, other].map((lane) => lane.post('/v1/tickets', body)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 201]);
    const { body: history } = await one.get<{ items: unknown[] }>(`/v1/tickets/${body.ticketId}/history`);
    expect(history.items).toHaveLength(1);
    for (const [lane, revision] of [
      [one, 1],
      [other, 2],
      [one, 3],
    ] as const) {
      const path = `/v1/tickets/${body.ticketId}/note`;
      const headers = { 'If-Match': `"${revision}"` };
      expect((await lane.post(path, { body: 'Vu' }, headers)).status).toBe(200);
      expect((await lane.post(path, { body: 'Vu' }, headers)).status).toBe(412);
    }
  });

  it('tell all who listen, at any of them, of every change, in order', async () => {
    const lanesOfBoth = await twoLanes();
    const leaving = new AbortController();
    const listeners = await Promise.all(
      Array.from({ length: 4 }, async () => {
        const answer = await fetch(`${server.url}/v1/events`, {
          signal: leaving.signal,
          headers: { Authorization: `Bearer ${token}` },
        });
        const text = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
        let heard = '';
        while (!heard.includes('id: ')) heard += (await text.read()).value ?? '';
        return async (ticketId: string) => {
          while (!heard.includes(ticketId)) heard += (await text.read()).value ?? '';
          return [...heard.matchAll(/"type":"TicketOpened","ticketId":"([^"]+)"/g)].map(([, id]) => id);
        };
      }),
    );
    const written: string[] = [];
    for (let time = 0; time < 10; time += 1)
      written.push((await opened(lanesOfBoth[time % 2] ?? lanesOfBoth[0])).ticketId);
    for (const heardUpTo of listeners) expect(await heardUpTo(written.at(-1)!)).toEqual(written);
    leaving.abort();
  });

  it('let somebody sign in, whichever of them each request reaches', async () => {
    const browser = new PlainBrowser(() => server.url);
    const { jar, end } = await browser.signedIn('producer', '/jours/2026-05-15');
    expect(end.headers.get('Location')).toBe('/jours/2026-05-15');
    for (let time = 0; time < 4; time += 1) {
      const page = await browser.send(jar, '/jours/2026-05-15');
      expect(page.status).toBe(200);
    }
  });

  it('tell of all of them in the metrics, whichever of them is asked', async () => {
    const [one, other] = await twoLanes();
    const counted = async (lane: Lane): Promise<number> => {
      const { body } = await lane.get<string>('/metrics');
      const found =
        /^http_request_duration_seconds_count\{method="GET",route="\/v1\/tickets",status="200"\} (\d+)/m;
      return Number(found.exec(body)?.[1] ?? 0);
    };
    const before = await counted(one);
    for (const lane of [one, other, other]) expect((await lane.get('/v1/tickets?limit=1')).status).toBe(200);
    expect([await counted(one), await counted(other)]).toEqual([before + 3, before + 3]);
    const { body } = await one.get<string>('/metrics');
    const [{ position } = { position: '' }] = await database.query<{ position: string }>(
      'SELECT position FROM event_store.head',
    );
    expect(/^event_store_position (\d+)$/m.exec(body)?.[1]).toBe(position);
  });
});

describe('a worker that is killed while commands come in', () => {
  it('loses none that was acknowledged and doubles none, and the others go on answering', async () => {
    const [doomed, other] = await twoLanes();
    const pid = (await doomed.pidAmong(workers()))!;
    const acknowledged: string[] = [];
    const over = new AbortController();
    const surviving = (async () => {
      while (!over.signal.aborted) acknowledged.push((await opened(other)).ticketId);
    })();
    const dying = (async () => {
      let again: { commandId: string; ticketId: string } | undefined;
      for (;;) {
        const body = { ...opening(), commandId: randomUUID(), ticketId: randomUUID(), ...again };
        try {
          const { status } = await doomed.post('/v1/tickets', body);
          if (status !== 201 && status !== 200) throw new Error(`answered ${status}`);
          acknowledged.push(body.ticketId);
          // Its connection was lost, and another one carried the command out.
          if (again) return;
        } catch {
          again = { commandId: body.commandId, ticketId: body.ticketId };
          await sleep(20);
        }
      }
    })();
    await until(() => acknowledged.length > 20);
    process.kill(pid, 'SIGKILL');
    await dying;
    await until(() => workers().length === 2 && !workers().includes(pid));
    over.abort();
    await surviving;
    const rows = await database.query<{ stream: string }>(
      `SELECT stream FROM event_store.events WHERE type = 'TicketOpened' AND stream = ANY($1)`,
      [acknowledged.map((id) => `ticket-${id}`)],
    );
    expect(rows.map(({ stream }) => stream.replace('ticket-', '')).sort()).toEqual([...acknowledged].sort());
    expect(new Set(acknowledged).size).toBe(acknowledged.length);
    expect(server.output().match(/a worker ended \(signal SIGKILL\), and is started again/g)).toHaveLength(1);
    await twoLanes();
  });
});

describe('a worker that is killed before it has accepted a connection', () => {
  it('loses it at once, so that its client can try again', async () => {
    const [pid] = workers();
    process.kill(pid!, 'SIGSTOP');
    const given = Array.from({ length: 4 }, () => open().get('/health/live'));
    // The other one accepts its share, and the connection that waits for this one stays.
    await Promise.race(given);
    await sleep(200);
    process.kill(pid!, 'SIGKILL');
    const ends = await Promise.allSettled(given);
    expect(ends.filter(({ status }) => status === 'rejected').length).toBeLessThanOrEqual(1);
    await until(() => workers().length === 2 && !workers().includes(pid!));
    await twoLanes();
  });
});

describe('a worker that is told to end', () => {
  it('answers the request at hand first, and is replaced', async () => {
    const lane = open();
    const pid = (await lane.pidAmong(workers()))!;
    const { position } = await opened(lane);
    const waiting = lane.get(`/v1/tickets?minPosition=${BigInt(position) + 1n}`);
    await sleep(200);
    process.kill(pid, 'SIGTERM');
    expect((await waiting).status).toBe(503);
    await until(() => workers().length === 2 && !workers().includes(pid));
    await twoLanes();
  });
});

describe('a server of several workers', () => {
  it('ends with all of its processes at SIGTERM, once the request at hand is answered', async () => {
    const lane = open();
    await lane.get('/health/live');
    const tree = treeOf(server.pid);
    expect(tree.length).toBeGreaterThanOrEqual(3);
    const { position } = await opened(lane);
    const waiting = lane.get(`/v1/tickets?minPosition=${BigInt(position) + 1n}`);
    await sleep(200);
    const ended = server.kill('SIGTERM');
    expect((await waiting).status).toBe(503);
    expect(await ended).toEqual({ code: 0, signal: null });
    expect(leftOf(tree).filter(({ pid }) => tree.some((process) => process.pid === pid))).toEqual([]);
    expect(server.output()).not.toContain('"level":50,"pid"');
  });

  it('ends also while a worker is being started again', async () => {
    const other = await startServerProcess({ DATABASE_URL: database.url, WORKERS: '2' });
    const tree = treeOf(other.pid);
    const [pid] = workers(other);
    process.kill(pid!, 'SIGKILL');
    await until(() => !workers(other).includes(pid!) && workers(other).length === 2);
    const all = [...tree, ...treeOf(other.pid)];
    expect(await other.kill('SIGTERM')).toEqual({ code: 0, signal: null });
    expect(leftOf(all).filter((left) => all.some((known) => known.pid === left.pid))).toEqual([]);
  });

  it('ends with its primary process, however that ends', async () => {
    const other = await startServerProcess({ DATABASE_URL: database.url, WORKERS: '2' });
    const pids = workers(other);
    expect(pids).toHaveLength(2);
    await other.kill('SIGKILL');
    await until(() => leftOf(treeOf(process.pid)).every(({ pid }) => !pids.includes(pid)));
  });

  it('is refused in one line where its port is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as { port: number };
    const refused = startServerProcess({
      DATABASE_URL: database.url,
      WORKERS: '2',
      PORT: String(port),
      LOG_LEVEL: 'silent',
    });
    await expect(refused).rejects.toThrow(
      new RegExp(`^the server did not start: PORT: ${port} is taken on 127\\.0\\.0\\.1; [^\\n]*\\n$`),
    );
    taken.close();
  });
});
