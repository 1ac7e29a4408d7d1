import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { freePort } from '../../support/network/free-port.js';
import { clientSecret, RealProvider, TravellingBrowser } from '../../support/access/real-provider.js';
import { startHostedServer, type HostedServer } from '../../support/server/hosted-server.js';

const page = '/jours/2026-05-15';
let provider: RealProvider;
let server: HostedServer;
let ours: string;
beforeAll(async () => {
  const port = await freePort();
  ours = `http://localhost:${port}`;
  provider = await RealProvider.create(ours);
  await provider.start();
  server = await startHostedServer({
    ...{ port, publicUrl: ours, sessionSecrets: [clientSecret] },
    oidc: {
      ...{ issuer: provider.url, audience: 'billets' },
      client: { id: 'board', secret: clientSecret, scope: 'openid' },
    },
  });
});
afterAll(async () => {
  await server.close();
  await provider.stop();
});
beforeEach(async () => {
  provider.rights = { roles: ['producer'], establishments: ['*'] };
  await server.database.query('DELETE FROM access.sessions');
});

const signedIn = async (): Promise<TravellingBrowser> => {
  const browser = new TravellingBrowser();
  const { address, answer } = await browser.follow(`${ours}${page}`);
  expect([address, answer.status]).toEqual([`${ours}${page}`, 200]);
  return browser;
};
const statusOf = async (browser: TravellingBrowser): Promise<number> =>
  (await browser.send(`${ours}${page}`)).status;
/** As if the interval at which rights are renewed had gone by, and the pause after a failure. */
const renewalDue = () =>
  server.database.query(
    `UPDATE access.sessions SET renewed_at = renewed_at - interval '1 hour', renewing_until = NULL`,
  );

describe('what someone may', () => {
  it('is asked of the provider again once the interval is over, and not before', async () => {
    const browser = await signedIn();
    const before = provider.exchanged;
    provider.rights = { roles: ['auditor'], establishments: [] };
    expect([await statusOf(browser), provider.exchanged]).toEqual([200, before]);
    await renewalDue();
    expect([await statusOf(browser), provider.exchanged]).toEqual([403, before + 1]);
    expect([await statusOf(browser), provider.exchanged]).toEqual([403, before + 1]);
    provider.rights = { roles: ['producer'], establishments: ['*'] };
    await renewalDue();
    expect(await statusOf(browser)).toBe(200);
  });

  it('is asked once by many requests at the same time, and each refresh token is used once', async () => {
    const browser = await signedIn();
    for (let round = 1; round <= 3; round += 1) {
      const before = provider.exchanged;
      await renewalDue();
      const statuses = await Promise.all(Array.from({ length: 8 }, () => statusOf(browser)));
      expect([new Set(statuses), provider.exchanged]).toEqual([new Set([200]), before + 1]);
    }
  });

  it('is nothing any more once the provider refuses: the session is over', async () => {
    const browser = await signedIn();
    provider.rights = undefined;
    await renewalDue();
    expect(await statusOf(browser)).toBe(303);
    provider.rights = { roles: ['producer'], establishments: ['*'] };
    expect(await statusOf(browser)).toBe(303);
    expect(await server.database.query('SELECT * FROM access.sessions')).toEqual([]);
  });

  it('is what it was while the provider is away, until the session’s own limit', async () => {
    const browser = await signedIn();
    await provider.stop();
    try {
      await renewalDue();
      expect(await statusOf(browser)).toBe(200);
      await server.database.query(`UPDATE access.sessions SET ends_at = now() - interval '1 second'`);
      expect(await statusOf(browser)).toBe(303);
    } finally {
      await provider.start();
    }
  });

  it('is asked again after the provider was away', async () => {
    const browser = await signedIn();
    await provider.stop();
    await renewalDue();
    expect(await statusOf(browser)).toBe(200);
    await provider.start();
    provider.rights = { roles: ['auditor'], establishments: [] };
    await renewalDue();
    expect(await statusOf(browser)).toBe(403);
  });

  it('is asked with what the database holds sealed only', async () => {
    await signedIn();
    const [row] = await server.database.query<{ tokens: string }>('SELECT tokens FROM access.sessions');
    expect(row!.tokens.split('.')).toHaveLength(5);
    expect(JSON.parse(Buffer.from(row!.tokens.split('.')[0]!, 'base64url').toString())).toEqual({
      alg: 'dir',
      enc: 'A256GCM',
    });
  });
});

describe('signing out', () => {
  it('leads to the provider, which knows who it is, and back to our home page', async () => {
    const browser = await signedIn();
    const left = await browser.send(`${ours}/sign-out`, { method: 'POST', headers: { Origin: ours } });
    const location = new URL(left.headers.get('Location')!);
    expect([left.status, location.origin, location.pathname]).toEqual([303, provider.url, '/session/end']);
    expect(Object.fromEntries(location.searchParams)).toMatchObject({
      client_id: 'board',
      post_logout_redirect_uri: `${ours}/`,
      id_token_hint: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
    });
    const asked = await browser.send(location.href);
    expect(asked.status).toBe(200);
    const [, xsrf = ''] = /name="xsrf" value="([^"]+)"/.exec(await asked.text()) ?? [];
    const end = await browser.follow(`${provider.url}/session/end/confirm`, {
      method: 'POST',
      body: new URLSearchParams({ xsrf, logout: 'yes' }),
    });
    expect([end.address, end.answer.status]).toEqual([`${ours}/`, 200]);
  });

  it('is a form that may lead there', async () => {
    const browser = await signedIn();
    const { headers } = await browser.send(`${ours}${page}`);
    expect(headers.get('Content-Security-Policy')).toContain(`form-action 'self' ${provider.url};`);
  });

  it('ends the session here though the provider is away', async () => {
    const browser = await signedIn();
    const copy = new TravellingBrowser();
    copy.jars.set(ours, new Map(browser.jars.get(ours)));
    await provider.stop();
    try {
      const left = await browser.send(`${ours}/sign-out`, { method: 'POST', headers: { Origin: ours } });
      expect(left.status).toBe(303);
      expect(await statusOf(copy)).toBe(303);
    } finally {
      await provider.start();
    }
  });
});

describe('an ID token', () => {
  it('is no token for the API, though the same provider signed it', async () => {
    const browser = await signedIn();
    const left = await browser.send(`${ours}/sign-out`, { method: 'POST', headers: { Origin: ours } });
    const idToken = new URL(left.headers.get('Location')!).searchParams.get('id_token_hint')!;
    const answer = await fetch(`${ours}/v1/billets-quotidiens/2026-05-15`, {
      headers: { Authorization: `Bearer ${idToken}` },
    });
    expect(answer.status).toBe(401);
  });
});
