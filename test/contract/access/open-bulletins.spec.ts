import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PlainBrowser } from '../../support/access/session.js';
import { Client, clientOf } from '../../support/api/client.js';
import { expectProblem, openedTicket, type SyncBody } from '../../support/api/contract.js';
import { tokenOf } from '../../support/access/tokens.js';
import { runningRoutes } from '../../support/api/routes.js';
import { startHostedServer, type HostedServer } from '../../support/server/hosted-server.js';

const published = '2026-05-17';
const withdrawn = '2026-05-18';
const drafted = '2026-05-19';

let server: HostedServer;
let producer: Client;
let anyone: Client;
beforeAll(async () => {
  server = await startHostedServer({ openBulletins: true });
  producer = await clientOf(server);
  anyone = new Client(server.url);
  await openedTicket(producer, { occurredAt: '2026-05-15T12:00:00-04:00' });
  for (const date of [published, withdrawn, drafted]) await write(date, 'Calme.');
  for (const date of [published, withdrawn]) {
    expect((await producer.post(`/v1/bulletins/${date}/publish`)).status).toBe(200);
  }
  await producer.post(`/v1/bulletins/${withdrawn}/withdraw`, { reason: 'Mauvais jour' });
  await write(published, 'Une ébauche encore secrète.');
  const { body } = await producer.post<SyncBody>('/v1/sync', { deviceId: 'now', commands: [] });
  await producer.get(`/v1/bulletins/latest?minPosition=${body.position}`);
});
afterAll(() => server.close());

const write = (date: string, bilan: string) =>
  producer.send('PUT', `/v1/bulletins/${date}`, { ticketDay: '2026-05-15', sections: { bilan } });

/** What opens with BULLETINS=open; every other route of the table stays as it is. */
const open = [
  'GET /bulletins/:date',
  'GET /bulletins/dernier',
  'GET /bulletins/latest',
  'GET /v1/bulletins/:date',
  'GET /v1/bulletins/feed.atom',
  'GET /v1/bulletins/latest',
];

const asReader: RequestInit = { redirect: 'manual', headers: { Accept: 'text/html' } };

describe('bulletins that are open to everyone', () => {
  it('open these routes, and no other', async () => {
    const routes = runningRoutes(await server.routeTree())
      .map(({ method, path }) => `${method} ${path}`)
      .filter((route) => /^GET \/(v1\/)?bulletins/.test(route));
    const answers = await Promise.all(
      routes.map(async (route) => {
        const path = route.slice('GET '.length).replace(':date', published);
        const { status } = await fetch(new URL(path, server.url), asReader);
        return { route, status };
      }),
    );
    const isLetIn = ({ status }: { status: number }) => status === 200;
    const toSignIn = async (path: string) =>
      (await fetch(new URL(path, server.url), asReader)).headers.get('Location');
    const letIn = answers.filter(isLetIn).map(({ route }) => route);
    const toBulletin = ['GET /bulletins/:date', 'GET /bulletins/dernier', 'GET /bulletins/latest'];
    expect([...letIn, ...toBulletin].sort()).toEqual(open);
    expect(await toSignIn(`/bulletins/${published}`)).toMatch(
      /^\/v1\/bulletins\/2026-05-17\?format=html&lang=fr$/,
    );
    for (const page of ['', '/open', `/${published}/edit`, `/${published}/publish`]) {
      expect(await toSignIn(`/bulletins${page}`)).toMatch(/^\/sign-in\?/);
    }
    for (const route of ['PUT', 'DELETE']) {
      expectProblem(await anyone.send(route, `/v1/bulletins/${published}`, {}), 401, 'unauthenticated');
    }
    expectProblem(await anyone.get(`/v1/bulletins/${published}/revisions`), 401, 'unauthenticated');
    expectProblem(await anyone.get('/v1/bulletins?from=2026-05-17&to=2026-05-17'), 401, 'unauthenticated');
  });

  it('have an address for the newest one in each language, which the first page and the feed name', async () => {
    for (const [language, path] of [
      ['fr', '/bulletins/dernier'],
      ['en', '/bulletins/latest'],
    ] as const) {
      const { status, headers } = await fetch(new URL(path, server.url), asReader);
      expect([status, headers.get('Location')]).toEqual([303, `/bulletins/${published}?lang=${language}`]);
      expect((await anyone.get<string>(`${path}?format=html`)).body).toContain('Calme.');
      expect((await anyone.get<string>(`/?lang=${language}`)).body).toContain(`href="${path}"`);
      const feed = (await anyone.get<string>(`/v1/bulletins/feed.atom?lang=${language}`)).body;
      expect(feed).toContain(`href="${server.url}${path}"`);
    }
    const { headers } = await fetch(new URL('/bulletins/latest?lang=fr', server.url), asReader);
    expect(headers.get('Location')).toBe(`/bulletins/${published}?lang=fr`);
  });

  it.each(['html', 'md', 'pdf', 'csv', 'xlsx'])('are read as %s as they were published', async (format) => {
    const { status, headers } = await anyone.get(`/v1/bulletins/${published}?format=${format}`);
    expect(status).toBe(200);
    // They would count the drafts that were written since.
    expect([headers.get('ETag'), headers.get('Position')]).toEqual([null, null]);
  });

  it('never show a draft, not even that there is one', async () => {
    const { body } = await anyone.get<string>(`/v1/bulletins/${published}?format=html`);
    expect(body).toContain('Calme.');
    expect(body).not.toContain('secrète');
    expectProblem(await anyone.get(`/v1/bulletins/${drafted}?format=html`), 404, 'bulletin-not-found');
    expectProblem(await anyone.get('/v1/bulletins/2026-05-20?format=html'), 404, 'bulletin-not-found');
    const draft = await anyone.get(`/v1/bulletins/${published}?format=html&revision=draft`);
    expectProblem(draft, 404, 'revision-not-found');
    const pages = [drafted, '2026-05-20'].map((date) => anyone.get<string>(`/bulletins/${date}`));
    expect((await Promise.all(pages)).map(({ status }) => status)).toEqual([404, 404]);
  });

  it('wait for no position, nor tell where the log ends', async () => {
    const far = 'format=html&minPosition=999999999999';
    for (const path of [`${published}?${far}`, `latest?${far}`, 'feed.atom?minPosition=999999999999'])
      expect([path, (await anyone.get(`/v1/bulletins/${path}`)).status]).toEqual([path, 200]);
  });

  it('do not tell in JSON who writes and what changed since', async () => {
    expectProblem(await anyone.get(`/v1/bulletins/${published}`), 401, 'unauthenticated');
    expectProblem(await anyone.get('/v1/bulletins/latest?format=json'), 401, 'unauthenticated');
    expect((await producer.get(`/v1/bulletins/${published}`)).status).toBe(200);
  });

  it('say of what was withdrawn that it was, first and in what is shown of links', async () => {
    const { body } = await anyone.get<string>(`/v1/bulletins/${withdrawn}?format=html`);
    expect(body).toContain('Mauvais jour');
    expect(body).toMatch(/<meta property="og:description" content="Bulletin retiré le [^"]*Mauvais jour">/);
    const latest = await anyone.get<string>('/v1/bulletins/latest?format=html');
    expect(latest.headers.get('Content-Location')).toBe(`/v1/bulletins/${published}`);
  });

  it('show their title and their figures where a link to them is shown', async () => {
    const { body } = await anyone.get<string>(`/bulletins/${published}`);
    expect(body).toContain(
      '<meta property="og:title" content="Mise à jour quotidienne – Dimanche 17 mai 2026">',
    );
    const said =
      'Billets quotidiens – vendredi 15 mai 2026. Nombre de billets quotidiens : 1. ' +
      'Nombre de billets quotidiens résolus au cours de cette même période : 0';
    expect(body).toContain(`<meta name="description" content="${said}">`);
    expect(body).toContain(`<meta property="og:description" content="${said}">`);
  });

  it('are in the feed without the names of who published them', async () => {
    const { status, body } = await anyone.get<string>('/v1/bulletins/feed.atom');
    expect(status).toBe(200);
    expect(body.match(/<entry>/g)).toHaveLength(3);
    expect(body).not.toContain(drafted);
    expect([...body.matchAll(/<name>(.*?)<\/name>/g)].map(([, name]) => name)).toEqual(
      Array.from({ length: 3 }, () => 'Mise à jour quotidienne'),
    );
  });

  it.each(['auditor', 'operator', 'agent', 'producer'])(
    'show a signed-in %s a problem with their name and the way to sign out',
    async (role) => {
      const browser = new PlainBrowser(() => server.url);
      const { jar } = await browser.signedIn(role, '/');
      for (const path of ['/bulletins/2020-01-01', '/bulletins/2026-13-45']) {
        const page = await (await browser.send(jar, path, { headers: { Accept: 'text/html' } })).text();
        expect(page).toContain('action="/sign-out"');
        expect(page).toContain(`<span class="person" title="${role}">`);
      }
    },
  );

  it('are read by people of other roles as by everyone, and refuse a bad token', async () => {
    const team = new Client(server.url, await tokenOf('mobile-team'));
    expect((await team.get(`/v1/bulletins/${published}?format=md`)).status).toBe(200);
    expectProblem(
      await team.get(`/v1/bulletins/${published}?revision=draft&format=md`),
      404,
      'revision-not-found',
    );
    const bad = await new Client(server.url, 'x.y.z').get(`/v1/bulletins/${published}?format=md`);
    expectProblem(bad, 401, 'unauthenticated');
  });
});
