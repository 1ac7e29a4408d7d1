import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { roles } from '../../../src/access/permissions.js';
import { Client, clientOf } from '../../support/api/client.js';
import {
  commandBodies,
  done,
  expectProblem,
  naming,
  openedTicket,
  opening,
  type CommandName,
  type SyncBody,
} from '../../support/api/contract.js';
import {
  documentation,
  forEveryone,
  forms,
  onlyFor,
  pages,
  ruled,
  signingIn,
  streams,
} from '../../support/access/access-table.js';
import { runningRoutes } from '../../support/api/routes.js';
import { startHostedServer, type HostedServer } from '../../support/server/hosted-server.js';
import { tokenOf } from '../../support/access/tokens.js';

/** The forms that are answered with a page, and not with the way to one. */
const answeredByPage = [
  ...['preview', 'paste', 'typography', 'insight'].map((step) => `POST /bulletins/:date/${step}`),
  'POST /ecrans',
];

/** The statuses that allowed roles are answered with, where these are not 200 or 201. */
const answers: Record<string, readonly number[]> = {
  // For sessions only: a token is no sign-in at a tablet.
  'GET /equipe/device-key': [401],
  'GET /bulletins/open': [303],
  'GET /bulletins/dernier': [303],
  'GET /bulletins/latest': [303],
  'GET /jours': [303],
  // The bulletin is already published, so the page redirects to it.
  'GET /bulletins/:date/publish': [303],
  'GET /bulletins/:date/delete': [303],
  'DELETE /v1/bulletins/:date': [409],
  'POST /v1/admin/projections/:name/rebuild': [202],
  // Nobody has kept one under this id.
  'DELETE /v1/views/:id': [404],
  'DELETE /v1/templates/:id': [404],
  // The rebuild may have ended meanwhile.
  'DELETE /v1/admin/projections/:name/rebuild': [200, 409],
  'POST /exploitation/projections/:name/rebuild': [303, 409],
  'POST /exploitation/projections/:name/cancel': [303, 409],
  'POST /exploitation/dead-letters/:id/retry': [404],
  'POST /v1/admin/dead-letters/:id/retry': [404],
};

const callers = [...roles, 'no token'] as const;

let server: HostedServer;
let all: Client;
let clients: Record<(typeof callers)[number], Client>;
beforeAll(async () => {
  server = await startHostedServer();
  all = await clientOf(server);
  const tokens = await Promise.all(roles.map(async (role) => [role, await tokenOf(role)] as const));
  clients = Object.fromEntries([
    ...tokens.map(([role, token]) => [role, new Client(server.url, token)]),
    ['no token', new Client(server.url)],
  ]) as typeof clients;
});
afterAll(() => server.close());

const needsResolved = ['close', 'reopen'];
const bodyOf = (command: string, otherTicketId: string): Record<string, unknown> => ({
  ...commandBodies[command as CommandName],
  ...naming(command, otherTicketId),
});

const draft = { ticketDay: '2026-05-15', sections: {} };

/** Publishes the bulletin of 15 May, which every route about bulletins needs. */
const writtenBulletin = async (): Promise<void> => {
  await all.send('PUT', '/v1/bulletins/2026-05-15', draft);
  const { status } = await all.post('/v1/bulletins/2026-05-15/publish');
  // What an earlier test withdrew is published again.
  expect(status === 409 ? (await all.post('/v1/bulletins/2026-05-15/revise')).status : status).toBe(200);
  const known = await all.post<SyncBody>('/v1/sync', { deviceId: 'now', commands: [] });
  await all.get(`/v1/bulletins/latest?minPosition=${known.body.position}`);
};

/** The path of a template that agents and mobile teams may use. */
const keptTemplate = async (): Promise<string> => {
  const path = '/v1/templates/0190c7a0-0000-7000-8000-000000000001';
  expect([200, 201]).toContain((await all.send('PUT', path, { name: 'Vu', text: 'Vu' })).status);
  return path;
};

interface Requested {
  method: string;
  path: string;
  body?: unknown;
  headers?: Record<string, string>;
}

const file = { 'X-File-Name': 'note.txt', 'Content-Type': 'text/plain' };

/** A request to the route that succeeds for the roles that may use it. */
const request = async (route: string): Promise<Requested> => {
  const [method = '', template = ''] = route.split(' ');
  const ticketId = template.includes(':ticketId') ? await openedTicket(all) : '';
  const path = template
    .replace(':ticketId', ticketId)
    .replace(':viewerId', randomUUID())
    .replace(':date', '2026-05-15')
    .replace(':code', 'malformed')
    .replace('assets/:name', 'assets/board.css')
    .replace('equipe/:name', 'equipe/service-worker.js')
    .replace('bureau/:name', 'bureau/bureau.js')
    .replace(':name', 'daily-figures')
    .replace(':id', '1')
    .replace(/reports\/:report(.*)$/, 'reports/responses$1?from=2026-05-15&to=2026-05-16')
    .replace(/\/(tickets|billets)$/, (end) => (template.includes(':date') ? `${end}?figure=opened` : end))
    .replace(/^\/rapports\/billets$/, '$&?report=responses&from=2026-05-15&to=2026-05-16')
    .replace(/backlog$/, 'backlog?at=2026-05-15T12:00:00Z')
    .replace(/bulletins\/open$/, '$&?date=2026-05-15')
    .replace(/(billets-quotidiens|bulletins)$/, '$1?from=2026-05-15&to=2026-05-16');
  if (/^\/bulletins\/(2|dernier|latest)/.test(path)) {
    await writtenBulletin();
    return { method, path };
  }
  if (template.startsWith('/v1/views/')) {
    // The ids of what is kept are made by whoever keeps it; the first queue is there for everybody.
    const id = method === 'GET' ? 'mine' : randomUUID();
    const view = { name: 'P1', filter: { priority: 'P1' } };
    return { method, path: `/v1/views/${id}`, body: method === 'PUT' ? view : undefined };
  }
  if (route === 'PUT /v1/preferences') return { method, path, body: { teams: ['mobile-nim-03'] } };
  if (template.startsWith('/v1/templates/')) {
    const saved = { name: 'Vu', text: 'Vu' };
    const of =
      method === 'PUT' || method === 'DELETE' ? `/v1/templates/${randomUUID()}` : await keptTemplate();
    if (template.endsWith('/preview'))
      return { method, path: `${of}/preview?ticketId=${await openedTicket(all)}` };
    if (template.endsWith('/apply'))
      return { method, path: `${of}/apply`, body: { ticketIds: [await openedTicket(all)] } };
    return { method, path: of, body: method === 'PUT' ? saved : undefined };
  }
  if (path.startsWith('/v1/bulletins/')) {
    await writtenBulletin();
    if (path.endsWith('/withdraw')) return { method, path, body: { reason: 'Erreur' } };
    return { method, path, body: method === 'PUT' ? draft : undefined };
  }
  if (path.includes('/attachments')) {
    if (method === 'POST') return { method, path, body: 'Note', headers: file };
    const added = await all.post<{ attachmentId: string }>(
      `/v1/tickets/${ticketId}/attachments`,
      'Note',
      file,
    );
    return { method, path: path.replace(':attachmentId', added.body.attachmentId) };
  }
  if (method === 'GET') return { method, path };
  if (path === '/v1/tickets') return { method, path, body: opening() };
  if (path === '/v1/tickets/bulk')
    return { method, path, body: { type: 'assign', team: 'x', ticketIds: [await openedTicket(all)] } };
  const why = { reason: 'Demande', basis: 'Loi 25' };
  if (path === '/v1/admin/erasures')
    return { method, path, body: { tickets: [await openedTicket(all)], ...why } };
  if (path.endsWith('/erase')) return { method, path, body: why };
  if (method === 'PUT' && path.endsWith('/hold')) return { method, path, body: { reason: 'Dossier' } };
  if (path.startsWith('/v1/admin/') || path.startsWith('/exploitation/')) return { method, path };
  if (path === '/v1/sync') return { method, path, body: { deviceId: 'd', commands: [] } };
  const command = path.split('/').at(-1)!;
  if (needsResolved.includes(command)) await done(all, ticketId, 'resolve');
  return { method, path, body: bodyOf(command, await openedTicket(all)) };
};

describe('the access table', () => {
  it('lists every route that the server answers, and no other', async () => {
    const running = runningRoutes(await server.routeTree()).map(({ method, path }) => `${method} ${path}`);
    const known = [...ruled, ...forEveryone, ...signingIn, ...documentation];
    expect(running.sort()).toEqual(known.sort());
  });
});

describe.each(Object.entries(onlyFor))('%s', (route, allowed) => {
  it.each(callers)(`is allowed to ${allowed.join(', ')} only: requested by %s`, async (caller) => {
    const { method, path, body, headers } = await request(route);
    const answer = await clients[caller].send(method, path, body, headers);
    if (caller === 'no token') {
      expectProblem(answer, 401, 'unauthenticated');
      expect(answer.headers.get('WWW-Authenticate')).toMatch(/^Bearer/);
    } else if (allowed.includes(caller)) {
      expect(answers[route] ?? [200, 201]).toContain(answer.status);
    } else {
      expectProblem(answer, 403, 'role-not-allowed');
    }
  });
});

describe.each(Object.entries(pages))('the page %s', (route, allowed) => {
  it.each(callers)(`is shown to ${allowed.join(', ')} only: requested by %s`, async (caller) => {
    const { path } = await request(route);
    const answer = await fetch(new URL(path, server.url), {
      redirect: 'manual',
      headers: caller === 'no token' ? {} : { Authorization: `Bearer ${clients[caller].token!}` },
    });
    const text = await answer.text();
    if (caller === 'no token') {
      expect(answer.status).toBe(303);
      expect(answer.headers.get('Location')).toBe(
        `/sign-in?${new URLSearchParams({ returnTo: path }).toString()}`,
      );
      return;
    }
    const [status] = answers[route] ?? [200];
    expect(answer.status).toBe(allowed.includes(caller) ? status : 403);
    if (answer.status === 303) return;
    expect(answer.headers.get('Content-Type')).toBe('text/html; charset=utf-8');
    expect(answer.headers.get('Content-Security-Policy')).toContain("script-src 'self';");
    // The menu, which every page has, links to yesterday; a correlation id may hold any four digits; a way back is what was asked for.
    const [, main = ''] = /<main[^>]*>([^]*)<\/main>/.exec(text) ?? [];
    const isRefused = main.includes('Votre rôle ne le permet pas');
    expect(isRefused).toBe(!allowed.includes(caller));
    if (isRefused)
      expect(main.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}|href="[^"]*"/g, '')).not.toContain('2026');
  });
});

describe.each(Object.entries(forms))('the form of %s', (route, allowed) => {
  it.each(callers)(`is accepted from ${allowed.join(', ')} only: sent by %s`, async (caller) => {
    const { path } = await request(route);
    const read = await all.get('/v1/bulletins/2026-05-15');
    const revision = /\d+/.exec(read.headers.get('ETag')!)![0];
    const answer = await fetch(new URL(path, server.url), {
      method: 'POST',
      redirect: 'manual',
      headers: caller === 'no token' ? {} : { Authorization: `Bearer ${clients[caller].token!}` },
      body: new URLSearchParams({ revision, '/ticketDay': '2026-05-15', label: 'Accueil', reason: 'Erreur' }),
    });
    const done = answeredByPage.includes(route) ? 200 : 303;
    const accepted = answers[route] ?? [done];
    expect(caller === 'no token' ? [401] : allowed.includes(caller) ? accepted : [403]).toContain(
      answer.status,
    );
    if (answer.status !== 303) expect(answer.headers.get('Content-Type')).toBe('text/html; charset=utf-8');
  });
});

describe.each(Object.entries(streams))('the stream %s', (route, allowed) => {
  it.each(callers)(`is open to ${allowed.join(', ')} only: requested by %s`, async (caller) => {
    const leaving = new AbortController();
    const answer = await fetch(new URL(route.replace('GET ', ''), server.url), {
      signal: leaving.signal,
      headers: {
        Accept: 'text/event-stream',
        ...(caller === 'no token' ? {} : { Authorization: `Bearer ${clients[caller].token!}` }),
      },
    });
    const expected = caller === 'no token' ? 401 : allowed.includes(caller) ? 200 : 403;
    expect(answer.status).toBe(expected);
    leaving.abort();
  });
});

describe('a public route', () => {
  // Nest does not serve the licence file of the Swagger page.
  const files = documentation.filter((route) => !/\*|LICENSE/.test(route));
  it.each([...forEveryone, ...files, 'GET /docs/swagger-ui-bundle.js'])(
    'is answered without a token: %s',
    async (route) => {
      const { path } = await request(route);
      expect((await clients['no token'].get(path)).status).toBe(200);
    },
  );
});

describe('HEAD', () => {
  const reads = [...Object.keys(onlyFor), ...forEveryone].filter((route) => route.startsWith('GET '));
  it.each(reads)('is answered to the roles that GET is answered to: %s', async (route) => {
    const { path } = await request(route);
    for (const caller of callers) {
      const [get, head] = await Promise.all(
        ['GET', 'HEAD'].map((method) =>
          fetch(new URL(path, server.url), {
            method,
            headers: { Authorization: `Bearer ${clients[caller].token ?? ''}` },
          }),
        ),
      );
      expect([caller, head!.status]).toEqual([caller, get!.status]);
      expect(await head!.text()).toBe('');
      await get!.text();
    }
  });
});

describe('other methods', () => {
  it.each(['OPTIONS', 'PUT', 'PATCH', 'DELETE'])('are not answered: %s', async (method) => {
    for (const path of [
      '/v1/tickets',
      `/v1/tickets/${randomUUID()}`,
      '/v1/sync',
      '/v1/billets-quotidiens/2026-05-15',
    ]) {
      const { status } = await all.send(method, path, undefined);
      expect([404, 405]).toContain(status);
    }
  });
});

describe('an auditor', () => {
  it('may read the history of every establishment, and no ticket', async () => {
    const ticketId = await openedTicket(all, { establishment: 'MCQ' });
    const auditor = new Client(server.url, await tokenOf('auditor', []));
    expect((await auditor.get(`/v1/tickets/${ticketId}/history`)).status).toBe(200);
    expectProblem(await auditor.get(`/v1/tickets/${ticketId}`), 403, 'role-not-allowed');
  });

  it('who is also an agent may work tickets of the agent’s establishments only', async () => {
    const ticketId = await openedTicket(all, { establishment: 'MCQ' });
    const both = new Client(server.url, await tokenOf(['auditor', 'agent'], ['NIM']));
    expect((await both.get(`/v1/tickets/${ticketId}/history`)).status).toBe(200);
    expectProblem(await both.get(`/v1/tickets/${ticketId}`), 403, 'establishment-not-yours');
    const start = await both.post(`/v1/tickets/${ticketId}/start`, {});
    expectProblem(start, 403, 'establishment-not-yours');
    expect(JSON.stringify(start.body)).not.toContain('Ordonnance');
  });
});

describe('a producer', () => {
  it('may read the figures of every establishment', async () => {
    const producer = new Client(server.url, await tokenOf('producer', []));
    const answer = await producer.get('/v1/billets-quotidiens/2026-05-15?establishment=MCQ');
    expect(answer.status).toBe(200);
  });
});
