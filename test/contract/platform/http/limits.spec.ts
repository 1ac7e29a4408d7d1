import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { signDevelopmentToken } from '../../../../src/access/development-issuer.js';
import { readSettings } from '../../../../src/config/settings.js';
import { Client, clientOf } from '../../../support/api/client.js';
import { expectProblem } from '../../../support/api/contract.js';
import { until } from '../../../support/projections/projections.js';
import { startTestServer, type TestServer } from '../../../support/server/server.js';

jest.setTimeout(300_000);

const inWindow = 20;
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ rateLimit: inWindow / 10 });
});
afterAll(() => server.close());

const agent = async (subject: string): Promise<Client> =>
  new Client(server.url, await signDevelopmentToken({ subject, roles: ['agent'], establishments: ['*'] }));

describe('the requests of a caller', () => {
  it('are counted, told in headers, and refused when they are too many, until the window ends', async () => {
    const [busy, other] = [await agent('busy'), await agent('other')];
    const answers = [];
    for (let number = 0; number <= inWindow; number += 1) answers.push(await busy.get('/v1/tickets?limit=1'));
    expect(answers[0]!.headers.get('RateLimit-Policy')).toBe(`"requests";q=${inWindow};w=10`);
    expect(answers[0]!.headers.get('RateLimit')).toMatch(/^"requests";r=19;t=\d+$/);
    const refused = answers.find(({ status }) => status === 429)!;
    expectProblem(refused, 429, 'too-many-requests');
    expect(refused.headers.get('RateLimit-Policy')).toBe(`"requests";q=${inWindow};w=10`);
    expect(refused.headers.get('RateLimit')).toMatch(/^"requests";r=0;t=\d+$/);
    const seconds = Number(refused.headers.get('Retry-After'));
    expect(seconds).toBeGreaterThanOrEqual(1);
    expect(seconds).toBeLessThanOrEqual(10);
    // By whom, not from where.
    expect((await other.get('/v1/tickets?limit=1')).status).toBe(200);
  });

  it('are not limited with 0', async () => {
    const unlimited = await startTestServer({ rateLimit: readSettings({ RATE_LIMIT: '0' }).rateLimit });
    try {
      const client = await clientOf(unlimited);
      for (let number = 0; number <= inWindow + 5; number += 1) {
        const { status, headers } = await client.get('/v1/tickets?limit=1');
        expect([status, headers.get('RateLimit')]).toEqual([200, null]);
      }
    } finally {
      await unlimited.close();
    }
  });
});

describe('what a proxy says of whom it passes on', () => {
  const statusesFrom = async (
    trustedProxies: string[] | undefined,
    addresses: string[],
  ): Promise<number[]> => {
    const behind = await startTestServer({ rateLimit: 0.2, trustedProxies });
    try {
      const anyone = new Client(behind.url);
      const statuses = [];
      for (const address of addresses) {
        statuses.push((await anyone.get('/health/live', { 'X-Forwarded-For': address })).status);
      }
      return statuses;
    } finally {
      await behind.close();
    }
  };
  const [one, other] = ['203.0.113.1', '203.0.113.2'];

  it('is believed where it is one of ours: each address has its own limit', async () => {
    expect(await statusesFrom(['loopback'], [one, one, one, other])).toEqual([200, 200, 429, 200]);
  });

  it('is not believed beyond the last address that is none of ours', async () => {
    const forged = [`${one}, ${one}`, `${other}, ${one}`, `198.51.100.7, ${one}`];
    expect(await statusesFrom(['loopback'], forged)).toEqual([200, 200, 429]);
  });

  it('is not believed otherwise', async () => {
    expect(await statusesFrom(undefined, [one, other, '203.0.113.3'])).toEqual([200, 200, 429]);
    expect(await statusesFrom(['10.0.0.0/8'], [one, other, '203.0.113.3'])).toEqual([200, 200, 429]);
  });
});

describe('a body of somebody who does not say who they are', () => {
  /** Sends headers that announce a body, and of it only what it is told to; resolves with the answer. */
  const announced = (path: string, headers: Record<string, string>, sent: number) =>
    new Promise<{ status: number; closed: boolean }>((resolve, reject) => {
      const asked = httpRequest(`${server.url}${path}`, { method: 'POST', headers });
      asked.on('error', reject);
      asked.on('response', (response) => {
        response.resume();
        resolve({ status: response.statusCode ?? 0, closed: false });
        asked.destroy();
      });
      asked.write('x'.repeat(sent));
    });
  const json = { 'Content-Type': 'application/json', 'Content-Length': '6000000' };

  it.each([
    ['no token', {}],
    ['a token that is none', { Authorization: 'Bearer nonsense' }],
  ])('is not waited for: %s', async (_what, headers) => {
    for (const path of ['/v1/sync', '/v1/tickets', '/v1/tickets/bulk']) {
      // The rest never comes: whoever read the body first would wait for it.
      expect(await announced(path, { ...json, ...headers }, 10)).toMatchObject({ status: 401 });
    }
  });

  it('is not waited for where it is the form of another site', async () => {
    const form = { 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': '4000000' };
    for (const step of ['edit', 'preview', 'publish', 'revise']) {
      const headers = { ...form, 'Sec-Fetch-Site': 'cross-site' };
      expect(await announced(`/bulletins/2026-06-15/${step}`, headers, 10)).toMatchObject({ status: 401 });
    }
  });

  it('is let in only a little further than the answer', async () => {
    let written = 0;
    await new Promise<void>((resolve) => {
      const asked = httpRequest(`${server.url}/v1/sync`, {
        method: 'POST',
        headers: { ...json, 'Content-Length': '600000000' },
      });
      const piece = Buffer.alloc(65_536, 'x');
      const write = (): void => {
        while (!asked.destroyed) {
          written += piece.length;
          if (!asked.write(piece)) return;
        }
      };
      asked.on('drain', write);
      asked.on('error', () => resolve());
      asked.on('close', () => resolve());
      asked.on('response', (response) => response.resume());
      write();
    });
    // What the kernel holds on both sides comes to some megabytes.
    expect(written).toBeLessThan(64_000_000);
  });
});

describe('connections', () => {
  it('beyond as many as there may be are closed at once, until others end', async () => {
    const max = 3;
    const small = await startTestServer({ maxConnections: max });
    const port = Number(new URL(small.url).port);
    /** True once it is answered, false if it is closed without an answer. */
    const isAnswered = async (socket: Socket): Promise<boolean> => {
      socket.on('error', () => undefined).write('GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n');
      return Promise.race([once(socket, 'data').then(() => true), once(socket, 'close').then(() => false)]);
    };
    const sockets: Socket[] = [];
    const answered = (): Promise<boolean> => {
      const socket = connect(port, '127.0.0.1');
      sockets.push(socket);
      return isAnswered(socket);
    };
    try {
      for (let number = 0; number < max; number += 1) expect(await answered()).toBe(true);
      expect(await answered()).toBe(false);
      sockets[0]!.destroy();
      await until('there is room again', answered);
    } finally {
      for (const socket of sockets) socket.destroy();
      await small.close();
    }
  });
});

describe('each limit', () => {
  const { limits } = readSettings({});
  const limited = async (
    changes: Partial<typeof limits>,
    about: (limitedServer: TestServer) => Promise<void>,
  ) => {
    const other = await startTestServer({ limits: { ...limits, ...changes } });
    try {
      await about(other);
    } finally {
      await other.close();
    }
  };
  const statusOf = async (other: TestServer, path: string, headers: Record<string, string> = {}) =>
    (await fetch(new URL(path, other.url), { headers, redirect: 'manual' })).status;
  const statuses = async (count: number, get: () => Promise<number>): Promise<Set<number>> => {
    const found = new Set<number>();
    for (let number = 0; number < count; number += 1) found.add(await get());
    return found;
  };
  const csv = '/v1/billets-quotidiens/2026-05-15?format=csv';

  it('is a setting of its own: exports', async () => {
    await limited({ exports: 1 }, async (other) => {
      const client = await clientOf(other);
      const headers = { Authorization: `Bearer ${client.token!}` };
      expect(await statuses(12, () => statusOf(other, csv, headers))).toEqual(new Set([200, 429]));
      expect(await statusOf(other, '/v1/tickets?limit=1', headers)).toBe(200);
    });
  });

  it('is a setting of its own: refused tokens and sign-ins', async () => {
    await limited({ refusedTokens: 1, signIns: 1 }, async (other) => {
      expect(await statuses(12, () => statusOf(other, '/v1/tickets'))).toEqual(new Set([401, 429]));
      expect(await statuses(12, () => statusOf(other, '/sign-in'))).toContain(429);
    });
  });

  it('says what was asked too often, and of nothing left', async () => {
    await limited({ exports: 1, refusedTokens: 1, signIns: 1, bytes: 100 }, async (other) => {
      const [client, nobody] = [await clientOf(other), new Client(other.url)];
      const padded = { commands: [], padding: 'x'.repeat(400) };
      const told: [string, string, () => ReturnType<Client['get']>][] = [
        ['exports', 'exports', () => client.get(csv)],
        ['refusedTokens', 'refusedTokens', () => nobody.get('/v1/tickets')],
        [
          'signIns',
          'signIns',
          () => nobody.send('GET', '/sign-in', undefined, { Accept: 'application/json' }),
        ],
        ['bytes', 'requests', () => client.post('/v1/sync', padded)],
      ];
      for (const [limit, policy, ask] of told) {
        let refused = await ask();
        for (let number = 0; number < 30 && refused.status !== 429; number += 1) refused = await ask();
        expectProblem(refused, 429, 'too-many-requests');
        expect(refused.body).toMatchObject({ limit });
        expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThanOrEqual(1);
        expect(refused.headers.get('RateLimit-Policy')).toContain(`"${policy}";q=`);
        expect(refused.headers.get('RateLimit')).toMatch(
          limit === policy ? new RegExp(`"${limit}";r=0;t=\\d+$`) : /^"requests";r=\d+;t=\d+$/,
        );
      }
    });
  });

  it('is a setting of its own: bytes', async () => {
    await limited({ bytes: 100 }, async (other) => {
      const client = await clientOf(other);
      const send = async () =>
        (await client.post('/v1/sync', { commands: [], padding: 'x'.repeat(400) })).status;
      expect(await statuses(4, send)).toEqual(new Set([400, 429]));
    });
  });

  it('is a setting of its own: live connections and waiting reads', async () => {
    await limited({ live: 1, waiting: 1 }, async (other) => {
      const headers = { Authorization: `Bearer ${(await clientOf(other)).token!}` };
      const abort = new AbortController();
      const open = (path: string) => fetch(new URL(path, other.url), { headers, signal: abort.signal });
      expect((await open('/v1/events')).status).toBe(200);
      expect(await statusOf(other, '/v1/events', headers)).toBe(429);
      const path = '/v1/billets-quotidiens/2026-05-15?minPosition=999999';
      const both = await Promise.all([statusOf(other, path, headers), statusOf(other, path, headers)]);
      expect(both).toContain(429);
      abort.abort();
    });
  });

  it('does not hold with 0', async () => {
    const off = { exports: 0, refusedTokens: 0, signIns: 0, bytes: 0, live: 0, waiting: 0 };
    await limited(off, async (other) => {
      const headers = { Authorization: `Bearer ${(await clientOf(other)).token!}` };
      expect(await statuses(5, () => statusOf(other, csv, headers))).toEqual(new Set([200]));
      expect(await statuses(5, () => statusOf(other, '/v1/tickets'))).toEqual(new Set([401]));
      expect(await statuses(5, () => statusOf(other, '/sign-in'))).not.toContain(429);
    });
  });
});
