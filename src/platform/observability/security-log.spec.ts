import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fastify, type FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { noteSecurityEvents, SecurityLog } from './security-log.js';

let lines: Record<string, unknown>[] = [];
const security = new SecurityLog(
  pino(
    { level: 'info' },
    { write: (line: string) => void lines.push(JSON.parse(line) as (typeof lines)[0]) },
  ),
);

describe('an answer', () => {
  let app: FastifyInstance;
  beforeAll(async () => {
    app = fastify();
    noteSecurityEvents(app, security, {
      subjectOf: () => 'person anna',
      isExport: ({ headers }) => headers.accept === 'text/csv',
    });
    const routes = ['/ecrans', '/ecran', '/ecrans/:id/end', '/sign-in/callback', '/sign-out', '/v1/admin/a'];
    app.route({
      method: ['GET', 'POST'],
      url: '/v1/tickets',
      handler: (_request, reply) => reply.send('rows'),
    });
    for (const url of routes) {
      const method = ['GET', 'POST'] as const;
      app.route({
        ...{ method: [...method], url },
        handler: ({ headers }, reply) => reply.status(Number(headers['x-answer'])).send(''),
      });
    }
    await app.ready();
  });
  afterAll(() => app.close());

  it.each([
    ['POST', '/ecrans', 200, 'authn_token_created'],
    ['POST', '/ecrans', 403, 'authz_fail'],
    ['GET', '/ecrans', 200, undefined],
    ['POST', '/ecran', 303, 'authn_login_success'],
    ['POST', '/ecran', 400, 'authn_login_fail'],
    ['POST', '/ecran', 429, 'excess_rate_limit_exceeded'],
    ['POST', '/ecran', 503, undefined],
    ['GET', '/ecran', 200, undefined],
    ['POST', '/ecrans/17/end', 303, 'authn_token_revoked'],
    ['GET', '/sign-in/callback', 303, 'authn_login_success'],
    ['GET', '/sign-in/callback', 400, 'authn_login_fail'],
    ['POST', '/sign-out', 303, 'authn_logout'],
    ['POST', '/v1/admin/a', 202, 'authz_admin'],
    ['GET', '/v1/admin/a', 200, undefined],
    ['GET', '/v1/admin/a', 401, 'authn_token_refused'],
  ] as const)('to %s %s with %i is the event %s', async (method, url, status, event) => {
    lines = [];
    await app.inject({ method, url, headers: { 'x-answer': String(status) } });
    expect(lines.map((line) => line.security)).toEqual(event === undefined ? [] : [event]);
  });

  it('to an export is one, with who asked and by which route', async () => {
    lines = [];
    await app.inject({ method: 'GET', url: '/v1/tickets?q=secret', headers: { accept: 'text/csv' } });
    expect(lines).toEqual([
      expect.objectContaining({ security: 'sensitive_read', subject: 'person anna', route: '/v1/tickets' }),
    ]);
    expect(JSON.stringify(lines)).not.toContain('secret');
  });
});

it('what nobody asked for by a request names who did it', () => {
  lines = [];
  security.by('system')('sensitive_create', { what: 'master-key', masterKeyId: 'local:17' });
  expect(lines).toEqual([
    expect.objectContaining({
      ...{ security: 'sensitive_create', subject: 'system', what: 'master-key', masterKeyId: 'local:17' },
    }),
  ]);
});
