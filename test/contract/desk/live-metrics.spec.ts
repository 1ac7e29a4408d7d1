import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { clientOf, type Client } from '../../support/api/client.js';
import { startHostedServer, type HostedServer } from '../../support/server/hosted-server.js';
import { patienceMs } from '../../support/patience.js';

let server: HostedServer;
let client: Client;
beforeAll(async () => {
  server = await startHostedServer();
  client = await clientOf(server);
});
afterAll(() => server.close());

const metric = async (name: string, route: string, status?: number): Promise<number | undefined> => {
  const { body } = await client.get<string>('/metrics');
  const line = body
    .split('\n')
    .find(
      (sample) =>
        sample.startsWith(`${name}{`) &&
        sample.includes(`route="${route}"`) &&
        (status === undefined || sample.includes(`status="${status}"`)),
    );
  return line === undefined ? undefined : Number(line.split(' ').at(-1));
};
const open = (route: string) => metric('http_live_connections', route);
const timed = (route: string, status: number) => metric('http_request_duration_seconds_count', route, status);

const listen = async (route: string, signal: AbortSignal): Promise<void> => {
  const headers = { Authorization: `Bearer ${client.token}` };
  const answer = await fetch(new URL(route, server.url), { headers, signal });
  expect([answer.status, answer.headers.get('Content-Type')]).toEqual([
    200,
    expect.stringMatching(/^text\/event-stream/),
  ]);
};

it.each(['/v1/events', '/board/events'])('open connections to %s are counted', async (route) => {
  const leaving = new AbortController();
  await listen(route, leaving.signal);
  await listen(route, leaving.signal);
  expect(await open(route)).toBe(2);
  leaving.abort();
  const deadline = Date.now() + patienceMs;
  while ((await open(route)) !== 0 && Date.now() < deadline);
  expect(await open(route)).toBe(0);
});

it('a refused live connection is timed like any other request', async () => {
  const before = await timed('/v1/events', 401);
  expect(before).toBeUndefined();
  expect((await fetch(new URL('/v1/events', server.url))).status).toBe(401);
  expect([await timed('/v1/events', 401), await open('/v1/events')]).toEqual([1, 0]);
});
