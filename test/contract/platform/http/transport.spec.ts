import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { clientOf, codeOf, type Answer, type Client } from '../../../support/api/client.js';
import { expectProblem, opening, type SyncBody } from '../../../support/api/contract.js';
import { exchange, postChunked } from '../../../support/api/raw-http.js';
import { startHostedServer, type HostedServer } from '../../../support/server/hosted-server.js';

let server: HostedServer;
let client: Client;
beforeAll(async () => {
  server = await startHostedServer();
  client = await clientOf(server);
});
afterAll(() => server.close());
afterEach(async () => {
  expect((await client.post('/v1/tickets', opening())).status).toBe(201);
});

const megabyte = 1024 * 1024;
const jsonHeaders = () => ({
  'Content-Type': 'application/json',
  Authorization: `Bearer ${client.token!}`,
});

describe('a body of 10 MB', () => {
  const paths = ['/v1/tickets', '/v1/sync', `/v1/tickets/${randomUUID()}/note`];

  it.each(paths)('is refused by %s', async (path) => {
    const body = { body: 'x'.repeat(10 * megabyte) };
    expectProblem(await client.post(path, body), 413, 'body-too-large');
  });

  it.each(paths)('is refused by %s when it is sent in chunks, without a length', async (path) => {
    const options = { headers: jsonHeaders(), chunk: 'x'.repeat(64 * 1024), chunks: 160 };
    expectProblem(await postChunked(server.url + path, options), 413, 'body-too-large');
  });

  it('is refused unread where Content-Length announces it', async () => {
    const head = [
      'POST /v1/sync HTTP/1.1',
      'Host: localhost',
      'Connection: close',
      `Content-Length: ${10 * megabyte}`,
      ...Object.entries(jsonHeaders()).map(([name, value]) => `${name}: ${value}`),
    ];
    expectProblem(await exchange(server.url, `${head.join('\r\n')}\r\n\r\n{`), 413, 'body-too-large');
  });
});

describe('a body within the limit', () => {
  it('of one command is accepted with its longest texts, every character escaped', async () => {
    const longest = opening({ title: 'é'.repeat(200), description: 'é'.repeat(10_000) });
    const escaped = JSON.stringify(longest).replaceAll('é', '\\u00e9');
    expect((await client.post('/v1/tickets', escaped)).status).toBe(201);
  });

  it('of a batch is accepted with 1000 commands, 7 MB in all', async () => {
    const commands = Array.from({ length: 1000 }, () => ({
      ...opening({ ticketId: randomUUID(), description: 'x'.repeat(7_000) }),
      type: 'open',
    }));
    const { status, body } = await client.post<SyncBody>('/v1/sync', { deviceId: 'mobile', commands });
    expect(status).toBe(200);
    expect(body.results.filter((result) => result.status === 'applied')).toHaveLength(1000);
  });
});

/** Expects any documented problem with one of the statuses: requests that can't be parsed are answered with one too. */
const expectSomeProblem = async (answer: Answer<unknown>, statuses: number[]): Promise<void> => {
  expect(statuses).toContain(answer.status);
  expectProblem(answer, answer.status, codeOf(answer.body) ?? 'the code of a problem');
  expect((await client.get(`/problems/${codeOf(answer.body)!}`)).status).toBe(200);
};

describe('a request that can’t be read', () => {
  it('is answered with a problem where a header has 1 MB', async () => {
    const request = `GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: ${'x'.repeat(megabyte)}\r\n\r\n`;
    await expectSomeProblem(await exchange(server.url, request), [431]);
  });

  it('is answered with a problem where the address has 1 MB', async () => {
    const request = `GET /v1/tickets/${'x'.repeat(megabyte)} HTTP/1.1\r\nHost: localhost\r\n\r\n`;
    await expectSomeProblem(await exchange(server.url, request), [414, 431]);
  });

  it('is answered with a problem where the address has 10 kB', async () => {
    await expectSomeProblem(await client.get(`/v1/tickets/${'x'.repeat(10_000)}`), [400, 404, 414]);
  });

  it.each(['%zz', '%', '%ED%A0%80', '%ff'])(
    'is answered with a problem where the address says %s',
    async (escape) => {
      await expectSomeProblem(await client.get(`/v1/tickets/${escape}`), [400]);
    },
  );

  it.each([
    ['no host', 'GET /health/live HTTP/1.1\r\nConnection: close\r\n\r\n', [400]],
    ['two hosts', 'GET /health/live HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n', [400]],
    ['HTTP/1.0, and no host', 'GET /health/live HTTP/1.0\r\n\r\n', [200]],
    [
      'an expectation that is nobody’s',
      'GET /health/live HTTP/1.1\r\nHost: a\r\nExpect: foo\r\nConnection: close\r\n\r\n',
      [200],
    ],
    ['a method that is none', 'BREW /health/live HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n', [400]],
  ])('has all security headers where it says %s', async (_what, bytes, statuses) => {
    const answer = await exchange(server.url, bytes);
    expect(statuses).toContain(answer.status);
    if (answer.status !== 200) await expectSomeProblem(answer, statuses);
    const { headers: usual } = await client.get('/v1/nothing');
    const security = [
      'x-content-type-options',
      'content-security-policy',
      'referrer-policy',
      'cache-control',
    ];
    for (const name of security) {
      expect([name, usual.has(name)]).toEqual([name, true]);
      expect([name, answer.headers.has(name)]).toEqual([name, true]);
    }
  });

  it.each(['gzip', 'zz', 'br, identity'])('is refused with a body encoded as %s', async (encoding) => {
    const headers = { 'Content-Encoding': encoding };
    expectProblem(await client.post('/v1/tickets', opening(), headers), 415, 'unsupported-media-type');
  });

  it.each([
    ['a word', 'BONJOUR\r\n\r\n'],
    [
      'two lengths',
      'POST /v1/sync HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
  ])('is answered with a problem where it is %s', async (_what, bytes) => {
    await expectSomeProblem(await exchange(server.url, bytes), [400]);
  });
});
