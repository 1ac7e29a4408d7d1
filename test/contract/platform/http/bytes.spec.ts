import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { clientOf, type Client } from '../../../support/api/client.js';
import {
  expectProblem,
  openedTicket,
  opening,
  pointersOf,
  type SyncBody,
} from '../../../support/api/contract.js';
import { exchange } from '../../../support/api/raw-http.js';
import { startHostedServer, type HostedServer } from '../../../support/server/hosted-server.js';

let server: HostedServer;
let client: Client;
let ticketId: string;
beforeAll(async () => {
  server = await startHostedServer();
  client = await clientOf(server);
  ticketId = await openedTicket(client);
});
afterAll(() => server.close());

const json = (title: string, encoding: BufferEncoding = 'utf8') =>
  Buffer.from(JSON.stringify(opening({ title })), encoding);

describe('a body', () => {
  it.each<[string, Uint8Array]>([
    ['ISO-8859-1', json('été', 'latin1')],
    [
      'UTF-8 cut within a character',
      Buffer.from([...Buffer.from('{"title":"'), 0xe2, 0x82, ...Buffer.from('"}')]),
    ],
    [
      'a surrogate encoded as in CESU-8',
      Buffer.from([...Buffer.from('{"a":"'), 0xed, 0xa0, 0xbd, 0x22, 0x7d]),
    ],
    ['UTF-16 with a byte order mark', Buffer.from(`\uFEFF${JSON.stringify(opening())}`, 'utf16le')],
    ['UTF-16 without a byte order mark', Buffer.from(JSON.stringify(opening()), 'utf16le')],
  ])('that is not UTF-8 is refused: %s', async (_what, bytes) => {
    for (const path of ['/v1/tickets', '/v1/sync', `/v1/tickets/${ticketId}/note`]) {
      expectProblem(await client.post(path, bytes), 400, 'invalid-json');
    }
  });

  it.each(['iso-8859-1', '"ISO-8859-1"', 'utf-16', 'windows-1252;x=1'])(
    'with another charset in Content-Type is refused: %s',
    async (charset) => {
      const headers = { 'Content-Type': `application/json; charset=${charset}` };
      expectProblem(await client.post('/v1/tickets', json('ete'), headers), 415, 'unsupported-media-type');
    },
  );

  it.each(['utf-8', 'UTF-8', '"utf-8"', 'utf8', 'us-ascii'])(
    'may name UTF-8 or a subset of it in Content-Type: %s',
    async (charset) => {
      const headers = { 'Content-Type': `application/json; charset=${charset}` };
      expect((await client.post('/v1/tickets', json('ete'), headers)).status).toBe(201);
    },
  );

  it('may begin with a byte order mark', async () => {
    expect((await client.post('/v1/tickets', Buffer.from(`\uFEFF${JSON.stringify(opening())}`))).status).toBe(
      201,
    );
  });

  it.each(['\\ud83d', '\\udc00', '\\u0000', '\\uffff'])(
    'is refused where a field contains %s, and in a batch that command alone is refused',
    async (escape) => {
      const note = `{"body":"avant ${escape} après"}`;
      const answer = expectProblem(await client.post(`/v1/tickets/${ticketId}/note`, note), 400, 'malformed');
      expect(pointersOf(answer)).toEqual(['/body']);
      const commands = [note, '{"body":"après"}'].map(
        (body) =>
          `${body.slice(0, -1)},"type":"note","ticketId":"${ticketId}","commandId":"${randomUUID()}"}`,
      );
      const batch = await client.post<SyncBody>(
        '/v1/sync',
        `{"deviceId":"d","commands":[${commands.join()}]}`,
      );
      expect(batch.body.results.map(({ status }) => status)).toEqual(['refused', 'applied']);
    },
  );
});

describe('an address', () => {
  it.each(['%E9', '%', '100%', '%zz', '%C3', '%ED%A0%80', '%C0%AF'])(
    'is refused where its query is not UTF-8, naming the parameter: %s',
    async (value) => {
      const answer = await client.get(`/v1/tickets?team=a&q=caf${value}`);
      expect(pointersOf(expectProblem(answer, 400, 'malformed'))).toEqual(['?q']);
    },
  );

  it('is refused where it has bytes that are not %-encoded', async () => {
    for (const path of [
      '/v1/tickets?q=caf\u00c3\u00a9',
      '/v1/tickets?q=caf\u00e9',
      '/v1/tickets/caf\u00e9',
    ]) {
      const head = `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer ${client.token!}\r\n\r\n`;
      expect((await exchange(server.url, Buffer.from(head, 'latin1'))).status).toBe(400);
    }
  });

  it('may contain %-encoded UTF-8', async () => {
    expect((await client.get('/v1/tickets?q=caf%C3%A9+cr%C3%A8me')).status).toBe(200);
  });
});
