import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { TimeLimits } from '../../../../src/platform/http/connections/time-limits.js';
import { tokenOf } from '../../../support/access/tokens.js';
import { clientOf, type Client } from '../../../support/api/client.js';
import { opening } from '../../../support/api/contract.js';
import { startTestServer, type TestServer } from '../../../support/server/server.js';

/** A raw TCP connection to the server. */
interface Line {
  socket: Socket;
  /** Everything the server has sent so far. */
  received: () => string;
  /** Resolves once the server has sent the text; throws if the connection closes before. */
  until: (text: string) => Promise<void>;
  /** Everything the server sent, once the connection is closed. */
  ended: Promise<string>;
}

const lines: Socket[] = [];
afterEach(() => {
  for (const socket of lines.splice(0)) socket.destroy();
});

const dial = async ({ url }: { url: string }): Promise<Line> => {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  lines.push(socket);
  let text = '';
  socket.setEncoding('utf8').on('data', (part: string) => (text += part));
  socket.on('error', () => undefined);
  const ended = new Promise<string>((resolve) => socket.once('close', () => resolve(text)));
  await once(socket, 'connect');
  const until = async (wanted: string): Promise<void> => {
    while (!text.includes(wanted)) {
      if (socket.closed) throw new Error(`closed after: ${text}`);
      await Promise.race([once(socket, 'data'), ended]);
    }
  };
  return { socket, received: () => text, until, ended };
};

const posting = (token: string | undefined, framing: string, path = '/v1/tickets'): string =>
  [
    `POST ${path} HTTP/1.1`,
    'Host: localhost',
    `Authorization: Bearer ${token}`,
    'Content-Type: application/json',
    framing,
    '',
    '',
  ].join('\r\n');

const expectTimeout = (answer: string): void => {
  expect(answer).toMatch(/^HTTP\/1\.1 408 /);
  expect(answer).toContain('application/problem+json');
  expect(answer.toLowerCase()).toContain('connection: close');
  expect(answer).toContain('"/problems/request-timeout"');
};

describe('a client whose request was answered before its body was read', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({}, { lingerMs: 100 });
  });
  afterAll(() => server.close());

  it('keeps its connection for the next request', async () => {
    const { socket, until } = await dial(server);
    const framing = 'X-File-Name: note.txt\r\nContent-Length: 4';
    socket.write(posting(await tokenOf('auditor'), framing, `/v1/tickets/${randomUUID()}/attachments`));
    await until('HTTP/1.1 403');
    socket.write('Note');
    await setTimeout(500);
    socket.write('GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await until('HTTP/1.1 200');
  });
});

describe('a client that falls silent', () => {
  let server: TestServer;
  let client: Client;
  /** Short limits, so that the tests are fast; no test depends on their lengths. */
  const limits: Partial<TimeLimits> = { headersMs: 300, bodySilenceMs: 300, lingerMs: 300, idleMs: 300 };
  beforeAll(async () => {
    server = await startTestServer({}, limits);
    client = await clientOf(server);
  });
  afterAll(() => server.close());

  it.each([
    ['a part of the body', () => posting(client.token, 'Content-Length: 5000') + '{"title": "x'],
    ['nothing of the body', () => posting(client.token, 'Content-Length: 5000')],
    [
      'a chunk that never ends',
      () => posting(client.token, 'Transfer-Encoding: chunked') + 'ff\r\n{"title": "x',
    ],
    ['chunks without an end', () => posting(client.token, 'Transfer-Encoding: chunked') + '2\r\n{}\r\n'],
    ['a part of a batch', () => posting(client.token, 'Content-Length: 5000', '/v1/sync') + '{"deviceId'],
    ['half of a line', () => 'GET /v1/tick'],
    ['half of the headers', () => 'GET / HTTP/1.1\r\nHost: localhost\r\nX-One: 1\r\n'],
  ])('after %s is answered 408, and disconnected', async (_what, bytes) => {
    const { socket, ended } = await dial(server);
    socket.write(bytes());
    expectTimeout(await ended);
  });

  it('in a body without a token has had its answer, and is let go', async () => {
    const { socket, ended } = await dial(server);
    socket.write(posting('none', 'Content-Length: 5000') + '{');
    expect(await ended).toMatch(/^HTTP\/1\.1 401 /);
  });

  it('without a word is let go', async () => {
    expect(await (await dial(server)).ended).toBe('');
  });

  it('after an answer is disconnected', async () => {
    const { socket, ended } = await dial(server);
    socket.write('GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n');
    expect(await ended).toMatch(/^HTTP\/1\.1 200 /);
  });

  it.each([
    ['whose body is not needed', 'GET /health/live HTTP/1.1', 200],
    ['to an unknown address', 'POST /nowhere HTTP/1.1', 404],
  ])('within a request %s is disconnected after the answer', async (_what, line, status) => {
    const { socket, ended } = await dial(server);
    socket.write(`${line}\r\nHost: localhost\r\nContent-Length: 5000\r\n\r\nhalf of it`);
    expect(await ended).toMatch(new RegExp(`^HTTP/1\\.1 (${status}|408) `));
  });

  it('within the second of two requests still gets the answer to the first', async () => {
    const { socket, ended } = await dial(server);
    const first = 'GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n';
    socket.write(first + posting(client.token, 'Content-Length: 5000') + '{"title"');
    const [answer, ...others] = (await ended).split(/(?=HTTP\/1\.1 )/);
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    expect(others).toHaveLength(1);
    expectTimeout(others[0]!);
  });

  it('after requesting an upgrade to another protocol is answered in HTTP', async () => {
    const { socket, until, ended } = await dial(server);
    socket.write(
      'GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
    );
    await until('HTTP/1.1 200');
    await ended;
  });

  it('does not delay other clients', async () => {
    const { socket, ended } = await dial(server);
    socket.write(posting(client.token, 'Content-Length: 5000') + '{');
    expect((await client.post('/v1/tickets', opening())).status).toBe(201);
    expectTimeout(await ended);
  });

  it('but listens to live changes stays connected', async () => {
    const { socket, until, received } = await dial(server);
    socket.write(
      `GET /v1/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${client.token}\r\n\r\n`,
    );
    await until('retry:');
    // Three silent connections time out one after the other meanwhile, so more than any limit has passed.
    for (let time = 0; time < 3; time += 1) await (await dial(server)).ended;
    const ticketId = randomUUID();
    expect((await client.post('/v1/tickets', opening({ ticketId }))).status).toBe(201);
    await until(ticketId);
    expect(received()).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('while the server waits for a position still gets the answer', async () => {
    const { socket, until } = await dial(server);
    const head = `Host: localhost\r\nAuthorization: Bearer ${client.token}\r\n\r\n`;
    socket.write(`GET /v1/tickets?minPosition=999999 HTTP/1.1\r\n${head}`);
    await until('HTTP/1.1 503');
  });
});

describe('a slow upload', () => {
  const pieces = async (limits: Partial<TimeLimits>, bytes: number) => {
    const server = await startTestServer({}, limits);
    const client = await clientOf(server);
    const body = Buffer.from(JSON.stringify(opening({ description: 'x'.repeat(400) })));
    const { socket, received, until, ended } = await dial(server);
    socket.write(posting(client.token, `Content-Length: ${body.length}`));
    const isOver = () => socket.closed || received() !== '';
    for (let at = 0; at < body.length && !isOver(); at += bytes) {
      socket.write(body.subarray(at, at + bytes));
      // A request in between makes the server read the pieces one by one.
      await client.get('/health/live');
    }
    return { until, ended, close: () => server.close() };
  };

  it('is accepted as long as it is not below the minimum rate', async () => {
    const { until, close } = await pieces({ bodyGraceMs: 0, minBytesPerSecond: 1 }, 20);
    await until('HTTP/1.1 201');
    await close();
  });

  it('below the minimum rate is answered 408', async () => {
    const { ended, close } = await pieces({ bodyGraceMs: 0, minBytesPerSecond: 1e9 }, 20);
    expectTimeout(await ended);
    await close();
  });
});

describe('a client that does not read', () => {
  it('is disconnected, however much is left to send', async () => {
    const server = await startTestServer({}, { unreadMs: 300 });
    const { socket, ended } = await dial(server);
    socket.pause();
    // 200 answers are more than the buffers of a connection hold.
    const request = 'GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n';
    socket.write(request.repeat(200));
    const http = server.app.getHttpServer();
    while ((await promisify(http.getConnections.bind(http))()) > 0) await setImmediate();
    socket.resume();
    await ended;
    await server.close();
  });
});

describe('a server that is stopping', () => {
  const stopMs = 600;
  const held = async (bytes: (token: string) => string, answer?: string) => {
    const server = await startTestServer({}, { stopMs });
    const { token } = await clientOf(server);
    const line = await dial(server);
    line.socket.write(bytes(token!));
    if (answer !== undefined) await line.until(answer);
    return { server, line };
  };

  it.each([
    [
      'half a body',
      (token: string) => posting(token, 'Expect: 100-continue\r\nContent-Length: 5000') + '{',
      '100 Continue',
    ],
    ['half of the headers', () => 'GET / HTTP/1.1\r\nX-One: 1\r\n', undefined],
    ['nothing at all', () => '', undefined],
    ['a kept-alive connection', () => 'GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n', '200 OK'],
    [
      'a live connection',
      (token: string) =>
        `GET /v1/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\n\r\n`,
      'retry:',
    ],
  ])('stops in spite of %s', async (_what, bytes, answer) => {
    const { server, line } = await held(bytes, answer);
    await server.close();
    await line.ended;
    await expect(dial(server)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('finishes requests that it is receiving', async () => {
    const server = await startTestServer();
    const { token } = await clientOf(server);
    const body = JSON.stringify(opening());
    const { socket, until, ended } = await dial(server);
    socket.write(
      posting(token, `Expect: 100-continue\r\nContent-Length: ${body.length}`) + body.slice(0, 10),
    );
    await until('100 Continue');
    const closed = server.close();
    socket.write(body.slice(10));
    expect(await ended).toContain('HTTP/1.1 201 ');
    await closed;
  });
});
