import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { securityHeaders } from '../../../../src/platform/http/security-headers.js';
import { clientOf, type Client } from '../../../support/api/client.js';
import { exchange } from '../../../support/api/raw-http.js';
import { runningRoutes } from '../../../support/api/routes.js';
import { startHostedServer, type HostedServer } from '../../../support/server/hosted-server.js';
import { startTestServer } from '../../../support/server/server.js';

jest.setTimeout(300_000);

let server: HostedServer;
let client: Client;
beforeAll(async () => {
  server = await startHostedServer({ publicUrl: 'https://billets.example' });
  client = await clientOf(server);
});
afterAll(() => server.close());

/** Looks at the headers of an answer, and lets go of it: some never end. */
const headersOf = async (path: string, init: RequestInit = {}): Promise<Headers> => {
  const abort = new AbortController();
  const { headers } = await fetch(new URL(path, server.url), {
    ...{ redirect: 'manual', signal: abort.signal, ...init },
  });
  abort.abort();
  return headers;
};

const lackingIn = (headers: Headers): string[] =>
  [...Object.keys(securityHeaders), 'Strict-Transport-Security'].filter((name) => !headers.has(name));

const filled = (path: string): string =>
  path.replace(/:date\b/g, '2026-05-15').replace(/:[a-zA-Z]+/g, '0190a1b2-0000-7000-8000-000000000001');

describe('the security headers', () => {
  it('are on the answer of every route, with a token and without', async () => {
    const routes = runningRoutes(await server.routeTree());
    expect(routes.length).toBeGreaterThan(40);
    for (const { method, path } of routes.filter(({ path: pattern }) => !pattern.includes('*'))) {
      for (const authorization of [undefined, `Bearer ${client.token!}`]) {
        const headers = await headersOf(filled(path), {
          method,
          headers: authorization === undefined ? {} : { Authorization: authorization },
        });
        expect([method, path, lackingIn(headers)]).toEqual([method, path, []]);
        expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
        expect(headers.get('Content-Security-Policy')).toMatch(/^default-src 'none'/);
      }
    }
  });

  it.each([
    '/nowhere',
    '/v1/nowhere',
    '/assets/none.js',
    '/docs/none.js',
    '/%ff',
    '/%zz',
    '/v1/tickets?q=%ff',
  ])('are on what is answered to %s', async (path) => {
    expect(lackingIn(await headersOf(path))).toEqual([]);
  });

  it('are on what is answered to what is no request', async () => {
    const { status, headers } = await exchange(server.url, 'NONSENSE\r\n\r\n');
    expect(status).toBe(400);
    expect(Object.keys(securityHeaders).filter((name) => !headers.has(name))).toEqual([]);
  });

  it('forbid storing whatever is private', async () => {
    for (const path of [
      '/v1/tickets',
      '/v1/bulletins/2026-05-15',
      '/v1/events',
      '/jours/2026-05-15',
      '/nowhere',
    ]) {
      const headers = await headersOf(path, { headers: { Authorization: `Bearer ${client.token!}` } });
      expect([path, headers.get('Cache-Control')]).toEqual([path, expect.stringContaining('no-store')]);
    }
  });

  it('let the documentation run no script but its own', async () => {
    const policy = (await headersOf('/docs')).get('Content-Security-Policy')!;
    expect(policy).toContain("script-src 'self';");
  });
});

describe('a management port', () => {
  it('has metrics, documentation and readiness in full, which are nowhere else then, and nothing else', async () => {
    const separate = await startTestServer({ managementPort: 0 });
    try {
      const { Connections } = await import('../../../../src/platform/http/connections/connections.js');
      const port = separate.app.get(Connections).managementPort!;
      const status = async (base: string, path: string) => (await fetch(new URL(path, base))).status;
      const management = `http://127.0.0.1:${port}`;
      for (const path of [
        '/metrics',
        '/%6Detrics',
        '/docs',
        '/docs-yaml',
        '/docs/swagger-ui.css',
        '/openapi.json',
      ]) {
        expect([path, await status(separate.url, path)]).toEqual([path, 404]);
        expect([path, await status(management, path)]).toEqual([path, 200]);
      }
      const request = 'GET http://elsewhere/metrics HTTP/1.1\r\nHost: elsewhere\r\nConnection: close\r\n\r\n';
      expect((await exchange(separate.url, request)).status).toBe(404);
      for (const path of ['/v1/tickets', '/'])
        expect([path, await status(management, path)]).toEqual([path, 404]);
      const ready = async (base: string) =>
        (await (await fetch(new URL('/health/ready', base))).json()) as object;
      expect(Object.keys(await ready(separate.url))).toEqual(['status', 'eventStore']);
      expect(Object.keys(await ready(management))).toContain('projections');
    } finally {
      await separate.close();
    }
  });
});

describe('a management token', () => {
  const [current, older] = ['k7Qm2vXr9TzL4wNcB8hJ5dGpYs3fUaEe', 'Zr6WtQ1xJb9MnC4vKs7LdPf2GhY8uTaE'];
  const paths = ['/metrics', '/%6Detrics', '/docs', '/docs-yaml', '/docs/swagger-ui.css', '/openapi.json'];
  let guarded: HostedServer;
  beforeAll(async () => {
    guarded = await startHostedServer({ managementTokens: [current, older] });
  });
  afterAll(() => guarded.close());
  const get = (path: string, authorization?: string) =>
    fetch(new URL(path, guarded.url), {
      headers: authorization === undefined ? {} : { Authorization: authorization },
    });

  it.each(paths)('is needed for %s, and any of them will do', async (path) => {
    const refused = [
      undefined,
      '',
      'Bearer',
      `Bearer ${current}x`,
      `Basic ${current}`,
      `Bearer ${client.token!}`,
    ];
    for (const authorization of refused) {
      const answer = await get(path, authorization);
      expect([authorization, answer.status]).toEqual([authorization, 401]);
      expect(answer.headers.get('WWW-Authenticate')).toMatch(/^Bearer/);
    }
    for (const token of [current, older]) expect((await get(path, `Bearer ${token}`)).status).toBe(200);
  });

  it('shows what is wrong with the server; without it, readiness says no more than that, and which log it is', async () => {
    const ready = async (authorization?: string) =>
      (await (await get('/health/ready', authorization)).json()) as { eventStore: object };
    expect(Object.keys(await ready(`Bearer ${older}`))).toContain('projections');
    const bare = await ready();
    expect([Object.keys(bare), Object.keys(bare.eventStore)]).toEqual([['status', 'eventStore'], ['log']]);
  });

  it('is no token for anything else', async () => {
    expect((await get('/v1/tickets', `Bearer ${current}`)).status).toBe(401);
  });
});
