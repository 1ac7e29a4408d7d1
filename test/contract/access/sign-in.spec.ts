import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PlainBrowser, type Jar } from '../../support/access/session.js';
import { startHostedServer, type HostedServer } from '../../support/server/hosted-server.js';

let server: HostedServer;
beforeAll(async () => {
  server = await startHostedServer();
});
afterAll(() => server.close());

const browser = new PlainBrowser(() => server.url);

describe('signing in', () => {
  it('uses the authorization code flow with PKCE, a state and a nonce', async () => {
    const begin = await browser.send(new Map(), '/sign-in');
    expect(Object.fromEntries(new URL(browser.location(begin)).searchParams)).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      state: expect.stringMatching(/./),
      nonce: expect.stringMatching(/./),
      redirect_uri: `${server.url}/sign-in/callback`,
    });
  });

  it('ends on the page that was asked for, with a cookie that scripts can’t read', async () => {
    const { end } = await browser.signedIn('producer', '/jours/2026-05-15?lang=en');
    expect([end.status, end.headers.get('Location')]).toEqual([303, '/jours/2026-05-15?lang=en']);
    const session = end.headers.getSetCookie().find((line) => line.startsWith('session='));
    expect(session).toMatch(/; HttpOnly/);
    expect(session).toMatch(/; SameSite=Lax/);
  });

  it.each([
    'https://elsewhere.example/',
    '//elsewhere.example/',
    '/\\elsewhere.example',
    'javascript:alert(1)',
  ])('never redirects to another host: %s', async (returnTo) => {
    const { end } = await browser.signedIn('producer', returnTo);
    expect(browser.isAt(new URL(browser.location(end)))).toBe(true);
  });

  it('can be completed only in the browser that began it', async () => {
    const jar: Jar = new Map();
    const callback = await browser.chosen(jar, await browser.begun(jar), 'producer');
    const stranger = await browser.send(new Map(), callback);
    expect(stranger.status).toBe(400);
    expect(stranger.headers.getSetCookie()).toEqual([]);
    expect(await stranger.text()).toContain('La connexion n’a pas abouti');
  });

  it('can be completed only once, and only with its own state', async () => {
    const jar: Jar = new Map();
    const callback = await browser.chosen(jar, await browser.begun(jar), 'producer');
    const kept = new Map(jar);
    const changed = callback.replace(/state=[^&]+/, 'state=other');
    expect((await browser.send(new Map(kept), changed)).status).toBe(400);
    expect((await browser.send(jar, callback)).status).toBe(303);
    expect((await browser.send(kept, callback)).status).toBe(400);
  });
});

describe('a session', () => {
  const session = async (role: string): Promise<Jar> => (await browser.signedIn(role)).jar;

  it('gives access to what its role may read, and nothing else', async () => {
    const producer = await session('producer');
    expect((await browser.send(producer, '/jours/2026-05-15')).status).toBe(200);
    expect((await browser.send(producer, '/v1/billets-quotidiens/2026-05-15')).status).toBe(200);
    const auditor = await session('auditor');
    expect((await browser.send(auditor, '/')).headers.get('Location')).toBe('/journal');
    expect((await browser.send(auditor, '/bulletins')).status).toBe(403);
    expect((await browser.send(auditor, '/v1/billets-quotidiens/2026-05-15')).status).toBe(403);
  });

  it('of a mobile team is redirected from the board to the team page', async () => {
    const home = await browser.send(await session('mobile-team'), '/');
    expect([home.status, home.headers.get('Location')]).toEqual([303, '/equipe']);
  });

  it('of an agent is redirected from the board to the agents’ page', async () => {
    const agent = await session('agent');
    const home = await browser.send(agent, '/');
    expect([home.status, home.headers.get('Location')]).toEqual([303, '/bureau']);
    expect((await browser.send(agent, '/bureau')).status).toBe(200);
  });

  it('can’t be used by another site’s page to change anything', async () => {
    const jar = await session('producer');
    const put = (headers: Record<string, string>) =>
      browser.send(jar, '/v1/bulletins/2026-05-17', {
        method: 'PUT',
        body: JSON.stringify({ ticketDay: '2026-05-15', sections: {} }),
        headers: { 'Content-Type': 'application/json', ...headers },
      });
    const fromElsewhere: Record<string, string>[] = [
      {},
      { Origin: 'https://elsewhere.example' },
      { Origin: 'null' },
      { 'Sec-Fetch-Site': 'same-site', Origin: server.url },
    ];
    for (const headers of fromElsewhere) {
      expect((await put(headers)).status).toBe(401);
    }
    expect((await put({ 'Sec-Fetch-Site': 'same-origin' })).status).toBe(201);
    expect((await put({ Origin: server.url })).status).toBe(200);
  });

  it('can be ended by a page of this server only', async () => {
    const jar = await session('producer');
    const leave = (origin: string) =>
      browser.send(jar, '/sign-out', { method: 'POST', headers: { Origin: origin } });
    expect((await leave('https://elsewhere.example')).status).toBe(403);
    expect((await browser.send(jar, '/jours/2026-05-15')).status).toBe(200);
    expect((await leave(server.url)).status).toBe(303);
    expect((await browser.send(jar, '/jours/2026-05-15')).status).toBe(303);
  });

  it('asks for the password again after it was ended, even if the provider’s session goes on', async () => {
    const jar = await session('producer');
    const promptOf = async () =>
      new URL(browser.location(await browser.send(jar, '/sign-in'))).searchParams.get('prompt');
    expect(await promptOf()).toBeNull();
    await browser.send(jar, '/sign-out', { method: 'POST', headers: { Origin: server.url } });
    expect(await promptOf()).toBe('login');
    await browser.send(jar, await browser.chosen(jar, await browser.begun(jar), 'producer'));
    expect(await promptOf()).toBeNull();
  });

  it('can’t be forged, altered, or made from another sealed cookie', async () => {
    const good = await session('producer');
    const attempt: Jar = new Map();
    await browser.send(attempt, '/sign-in');
    const sealed = good.get('session')!;
    const parts = sealed.split('.');
    parts[3] = `${parts[3]!.startsWith('A') ? 'B' : 'A'}${parts[3]!.slice(1)}`;
    for (const forged of ['x', parts.join('.'), attempt.get('sign-in')!]) {
      expect((await browser.send(new Map([['session', forged]]), '/jours/2026-05-15')).status).toBe(303);
    }
  });
});

describe('with a real identity provider', () => {
  it('the development provider is off, and signing in is offered only where a client is configured', async () => {
    const real = await startHostedServer({ oidc: { issuer: 'https://login.example', audience: 'x' } });
    try {
      const status = async (path: string) =>
        (await fetch(new URL(path, real.url), { redirect: 'manual' })).status;
      expect(await status('/development-sign-in/.well-known/openid-configuration')).toBe(404);
      expect(await status('/sign-in')).toBe(404);
      expect(await (await fetch(real.url)).text()).not.toContain('href="/sign-in"');
    } finally {
      await real.close();
    }
  }, 30_000);
});
