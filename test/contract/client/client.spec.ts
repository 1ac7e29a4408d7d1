import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createApiClient, type ApiClient } from '../../../src/client/client.js';
import { codeOf } from '../../support/api/client.js';
import { ago } from '../../support/api/contract.js';
import { project } from '../../support/server/server-process.js';
import { startHostedServer, type HostedServer } from '../../support/server/hosted-server.js';
import { tokenOfAll } from '../../support/access/tokens.js';

let server: HostedServer;
let api: ApiClient;
beforeAll(async () => {
  server = await startHostedServer();
  api = createApiClient({ url: server.url, token: await tokenOfAll() });
});
afterAll(() => server.close());

it('the client’s types match the OpenAPI document; if not: npm run client', async () => {
  const print = [`${project}/test/client/generate.mjs`, server.url];
  const { stdout } = await promisify(execFile)(process.execPath, print, { maxBuffer: 2 ** 24 });
  expect(stdout).toBe(readFileSync(`${project}/src/client/contract.ts`, 'utf8'));
});

const open = async () => {
  const body = { establishment: 'NIM', title: 'Écran noir', category: 'materiel', priority: 'P2' } as const;
  const { data, response } = await api.POST('/v1/tickets', { body: { ...body, occurredAt: ago(60) } });
  return { ticket: data!, etag: response.headers.get('ETag')!, position: response.headers.get('Position')! };
};

describe('a client generated from the OpenAPI document', () => {
  it('writes with If-Match, and reads what it wrote', async () => {
    const { ticket, etag } = await open();
    const path = { ticketId: ticket.ticketId };
    const resolved = await api.POST('/v1/tickets/{ticketId}/resolve', {
      params: { path, header: { 'If-Match': etag } },
      body: { resolution: { code: 'fixed', note: 'Rebranché' } },
    });
    expect(resolved.data).toMatchObject({ ...path, status: 'resolved', revision: 2 });
    const minPosition = resolved.response.headers.get('Position')!;
    const { data: list } = await api.GET('/v1/tickets', {
      params: { query: { minPosition, status: ['resolved', 'closed'], q: 'ecran', counts: 'true' } },
    });
    expect(list?.items.map(({ ticketId }) => ticketId)).toEqual([ticket.ticketId]);
    expect(list?.counts?.resolved).toBe(1);
    const day = ticket.openedAt.slice(0, 10);
    const { data: figures } = await api.GET('/v1/billets-quotidiens', {
      params: { query: { from: day, to: day, minPosition, basis: 'reporting-zone' } },
    });
    expect(figures?.items).toHaveLength(1);
  });

  it('gets refusals as problems', async () => {
    const { ticket, etag } = await open();
    const path = { ticketId: ticket.ticketId };
    await api.POST('/v1/tickets/{ticketId}/start', { params: { path } });
    const late = await api.POST('/v1/tickets/{ticketId}/note', {
      params: { path, header: { 'If-Match': etag } },
      body: { body: 'Vu' },
    });
    expect([late.response.status, codeOf(late.error), late.data]).toEqual([
      412,
      'version-mismatch',
      undefined,
    ]);
    const { data } = await api.POST('/v1/sync', {
      body: { deviceId: 'd', commands: [{ type: 'close', commandId: randomUUID(), ...path }] },
    });
    expect(data?.results[0]?.problem?.ticket).toMatchObject({ ...path, status: 'in-progress' });
  });

  it('reads the other formats of an answer as text', async () => {
    const { position: minPosition } = await open();
    const { data } = await api.GET('/v1/billets-quotidiens/{date}', {
      params: { path: { date: ago(86_400).slice(0, 10) }, query: { minPosition } },
      headers: { Accept: 'text/csv' },
      parseAs: 'text',
    });
    expect(data).toMatch(/^date,establishment/);
  });

  it('reads the health of the server without a token', async () => {
    const { data } = await createApiClient({ url: server.url }).GET('/health/ready');
    expect(data?.eventStore.log).toEqual(expect.any(String));
  });
});
