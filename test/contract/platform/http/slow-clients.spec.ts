import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { TimeLimits } from '../../../../src/platform/http/connections/time-limits.js';
import { clientOf, type Client } from '../../../support/api/client.js';
import { opening } from '../../../support/api/contract.js';
import { startTestServer, type TestServer } from '../../../support/server/server.js';

/** A connection as its bytes go over it. */
interface Line {
  socket: Socket;
  said: () => string;
  /** Resolves once that was said. */
  until: (text: string) => Promise<void>;
  /** All that was said until the server ended it. */
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
  return { socket, said: () => text, until, ended };
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

describe('someone who falls silent', () => {
  let server: TestServer;
  let client: Client;
  /** Short, so that nobody waits; nothing here depends on how short. */
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
    ['a body without a token', () => posting('none', 'Content-Length: 5000') + '{'],
    ['half of a line', () => 'GET /v1/tick'],
    ['half of the headers', () => 'GET / HTTP/1.1\r\nHost: localhost\r\nX-One: 1\r\n'],
  ])('after %s is answered 408, and let go', async (_what, bytes) => {
    const { socket, ended } = await dial(server);
    socket.write(bytes());
    expectTimeout(await ended);
  });

  it('without a word is let go', async () => {
    expect(await (await dial(server)).ended).toBe('');
  });

  it('after an answer is let go', async () => {
    const { socket, ended } = await dial(server);
    socket.write('GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n');
    expect(await ended).toMatch(/^HTTP\/1\.1 200 /);
  });

  it.each([
    ['whose body nobody asked for', 'GET /health/live HTTP/1.1', 200],
    ['at an address that is none', 'POST /nowhere HTTP/1.1', 404],
  ])('amid a request %s is let go after the answer', async (_what, line, status) => {
    const { socket, ended } = await dial(server);
    socket.write(`${line}\r\nHost: localhost\r\nContent-Length: 5000\r\n\r\nhalf of it`);
    expect(await ended).toMatch(new RegExp(`^HTTP/1\\.1 (${status}|408) `));
  });

  it('amid the second of two requests still has the answer to the first', async () => {
    const { socket, ended } = await dial(server);
    const first = 'GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n';
    socket.write(first + posting(client.token, 'Content-Length: 5000') + '{"title"');
    const [answer, ...others] = (await ended).split(/(?=HTTP\/1\.1 )/);
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    expect(others).toHaveLength(1);
    expectTimeout(others[0]!);
  });

  it('after asking for another protocol is answered in this one', async () => {
    const { socket, until, ended } = await dial(server);
    socket.write(
      'GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
    );
    await until('HTTP/1.1 200');
    await ended;
  });

  it('holds up nobody else', async () => {
    const { socket, ended } = await dial(server);
    socket.write(posting(client.token, 'Content-Length: 5000') + '{');
    expect((await client.post('/v1/tickets', opening())).status).toBe(201);
    expectTimeout(await ended);
  });

  it('who only listens to live changes stays', async () => {
    const { socket, until, said } = await dial(server);
    socket.write(
      `GET /v1/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${client.token}\r\n\r\n`,
    );
    await until('retry:');
    // Others are let go meanwhile, one after the other: it is beyond every limit.
    for (let time = 0; time < 3; time += 1) await (await dial(server)).ended;
    const ticketId = randomUUID();
    expect((await client.post('/v1/tickets', opening({ ticketId }))).status).toBe(201);
    await until(ticketId);
    expect(said()).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('while we are waiting for a position has the answer to it', async () => {
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
    const { socket, said, until, ended } = await dial(server);
    socket.write(posting(client.token, `Content-Length: ${body.length}`));
    const isOver = () => socket.closed || said() !== '';
    for (let at = 0; at < body.length && !isOver(); at += bytes) {
      socket.write(body.subarray(at, at + bytes));
      // The server hears the pieces one by one.
      await client.get('/health/live');
    }
    return { until, ended, said, close: () => server.close() };
  };

  it('is taken for as long as it goes on', async () => {
    const { until, close } = await pieces({ bodyGraceMs: 0, minBytesPerSecond: 1 }, 20);
    await until('HTTP/1.1 201');
    await close();
  });

  it('that hardly goes on is answered 408', async () => {
    const { ended, close } = await pieces({ bodyGraceMs: 0, minBytesPerSecond: 1e9 }, 20);
    expectTimeout(await ended);
    await close();
  });
});

describe('someone who does not read', () => {
  it('is let go, however much was to come', async () => {
    const server = await startTestServer({}, { unreadMs: 300 });
    const { socket, ended } = await dial(server);
    socket.pause();
    // The answers are more than the buffers of a connection hold.
    const request = 'GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n';
    socket.write(request.repeat(200));
    const http = server.app.getHttpServer();
    while ((await promisify(http.getConnections.bind(http))()) > 0) await setImmediate();
    socket.resume();
    await ended;
    await server.close();
  });
});

describe('a server that is told to stop', () => {
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
    ['a connection that is kept', () => 'GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n', '200 OK'],
    [
      'a live connection',
      (token: string) =>
        `GET /v1/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\n\r\n`,
      'retry:',
    ],
  ])('does so in spite of %s', async (_what, bytes, answer) => {
    const { server, line } = await held(bytes, answer);
    await server.close();
    await line.ended;
    await expect(dial(server)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('finishes what is at hand', async () => {
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
