import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, type ProblemBody } from '../../support/api/client.js';
import { expectProblem, opening } from '../../support/api/contract.js';
import { audience, Issuer } from '../../support/access/issuer.js';
import { startHostedServer, type HostedServer } from '../../support/server/hosted-server.js';
import { tokenOf } from '../../support/access/tokens.js';

const startFor = (issuer: Issuer): Promise<HostedServer> =>
  startHostedServer({ oidc: { issuer: issuer.url, audience } });

const open = (server: HostedServer, token: string) =>
  new Client(server.url, token).post<ProblemBody>('/v1/tickets', opening());

describe('with a real issuer configured', () => {
  let issuer: Issuer;
  let server: HostedServer;
  beforeAll(async () => {
    issuer = await Issuer.create('ES256', 'RS256');
    await issuer.start();
    server = await startFor(issuer);
  });
  afterAll(async () => {
    await server.close();
    await issuer.stop();
  });

  it.each(['ES256', 'RS256'])('a token of that issuer is accepted: %s', async (alg) => {
    expect((await open(server, await issuer.token(alg))).status).toBe(201);
  });

  it('the subject of the token is the actor of the event', async () => {
    const { body } = await open(server, await issuer.token('ES256', { sub: 'auth0|béatrice' }));
    const client = new Client(server.url, await issuer.token('ES256'));
    const path = `/v1/tickets/${body.ticketId as string}/history`;
    const { body: history } = await client.get<{ items: { actor: string }[] }>(path);
    expect(history.items.map(({ actor }) => actor)).toEqual(['auth0|béatrice']);
  });

  it('a token of another issuer is refused, whatever issuer it claims', async () => {
    const otherIssuer = await Issuer.create('ES256');
    expectProblem(await open(server, await otherIssuer.token('ES256')), 401, 'unauthenticated');
    const claimed = await otherIssuer.token('ES256', { iss: issuer.url });
    expectProblem(await open(server, claimed), 401, 'unauthenticated');
  });

  it.each<[string, Record<string, unknown>]>([
    ['another audience', { aud: 'someone-else' }],
    ['another issuer', { iss: 'https://login.example' }],
    ['no roles', { roles: undefined }],
    ['nbf in the future', { nbf: 4_102_444_800 }],
  ])('a token of that issuer with %s is refused', async (_what, changes) => {
    expectProblem(await open(server, await issuer.token('ES256', changes)), 401, 'unauthenticated');
  });

  it('a token of the development issuer is refused', async () => {
    expectProblem(await open(server, await tokenOf('agent')), 401, 'unauthenticated');
  });

  it('tokens stay valid while the issuer is down, since its keys are cached', async () => {
    await issuer.stop();
    expect((await open(server, await issuer.token('ES256'))).status).toBe(201);
    await issuer.start();
  });
});

describe('while the issuer’s keys can’t be fetched', () => {
  const expectUnavailable = async (answer: ReturnType<typeof open>) => {
    expectProblem(await answer, 503, 'unavailable');
    expect((await answer).headers.get('Retry-After')).toMatch(/^\d+$/);
  };

  it('a request with a token is answered 503, until the keys arrive', async () => {
    const issuer = await Issuer.create('ES256');
    const server = await startFor(issuer);
    try {
      const token = await issuer.token('ES256');
      await expectUnavailable(open(server, token));
      await issuer.start();
      issuer.discovery = { status: 500, body: '{}' };
      await expectUnavailable(open(server, token));
      issuer.discovery = { status: 200, body: '<html>' };
      await expectUnavailable(open(server, token));
      issuer.discovery = { status: 200, body: '{"jwks_uri":7}' };
      await expectUnavailable(open(server, token));
      issuer.discovery = undefined;
      issuer.keysStatus = 500;
      await expectUnavailable(open(server, token));
      issuer.keysStatus = 200;
      expect((await open(server, token)).status).toBe(201);
    } finally {
      await server.close();
      await issuer.stop();
    }
  });

  it('a request without a token is still answered 401', async () => {
    const issuer = await Issuer.create('ES256');
    const server = await startFor(issuer);
    try {
      expectProblem(await new Client(server.url).post('/v1/tickets', opening()), 401, 'unauthenticated');
      expect((await new Client(server.url).get('/health/live')).status).toBe(200);
    } finally {
      await server.close();
    }
  });
});
