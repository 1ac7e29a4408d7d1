import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from '../../support/api/client.js';
import { startHostedServer, type HostedServer } from '../../support/server/hosted-server.js';
import { tokenOf } from '../../support/access/tokens.js';

let server: HostedServer;
beforeAll(async () => {
  server = await startHostedServer();
});
afterAll(() => server.close());

const pages = [
  '/jours/2026-05-15',
  '/jours/2026-05-15/billets?figure=opened',
  '/jours/2026-05-15/retards',
  '/bulletins',
  '/bulletins/2026-05-16',
  '/bulletins/2026-05-16/edit',
];
const linksOn = async (page: string, roles: Parameters<typeof tokenOf>[0]): Promise<string[]> => {
  const { body } = await new Client(server.url, await tokenOf(roles)).get<string>(page);
  const [, banner = ''] = /<nav [^>]*>(.*?)<\/nav>/s.exec(body) ?? [];
  return [...banner.matchAll(/href="(\/[^"]*)"/g)].map(([, path = '']) => path);
};
const asBrowser = { Accept: 'text/html' };
const ofEveryone = ['/', expect.stringMatching(/^\/jours\/\d{4}-\d\d-\d\d$/), '/bulletins', '/rapports'];

describe('the banner of every page', () => {
  it.each(pages)(
    'links to the agents’ and the mobile teams’ page for people who work tickets, on %s',
    async (page) => {
      expect(await linksOn(page, ['producer', 'agent'])).toEqual([...ofEveryone, '/bureau', '/equipe']);
    },
  );

  it.each(pages)('has no such link for other people, on %s', async (page) => {
    expect(await linksOn(page, 'producer')).toEqual(ofEveryone);
  });

  it.each([
    ['auditor', '/journal', ['/journal']],
    ['operator', '/exploitation', ['/exploitation']],
  ] as const)('links to what an %s may read alone', async (role, page, links) => {
    expect(await linksOn(page, role)).toEqual(links);
  });
});

describe('the page of a problem', () => {
  it.each(['/bulletins', '/bulletins/2026-13-45', '/rien', '/v1/rien'])(
    'keeps the menu and signing out, and leads to where one begins: %s',
    async (path) => {
      const client = new Client(server.url, await tokenOf('auditor'));
      const { status, body } = await client.get<string>(path, asBrowser);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(body).toMatch(/<nav [^>]*>[^]*href="\/journal"/);
      expect(body).toContain('action="/sign-out"');
      expect(body).toContain('<a class="button quiet" href="/journal">Page d’accueil</a>');
    },
  );

  it('leads back to the page of ours that one came from, and to no other', async () => {
    const client = new Client(server.url, await tokenOf('producer'));
    const from = async (Referer: string) =>
      (await client.get<string>('/jours/2026-13-45', { ...asBrowser, Referer })).body;
    expect(await from(`${server.url}/bulletins?to=2026-05-16`)).toContain(
      '<a class="button" href="/bulletins?to=2026-05-16">Revenir où vous étiez</a>',
    );
    for (const other of ['https://example.org/bulletins', `${server.url}/jours/2026-13-45`, 'x'])
      expect(await from(other)).not.toContain('Revenir');
  });
});

describe('a page', () => {
  it.each([...pages, '/', '/journal', '/rapports', '/exploitation', '/ecrans', '/ecran'])(
    'links to no raw JSON: %s',
    async (page) => {
      const everyone = await tokenOf(['producer', 'agent', 'auditor', 'operator']);
      const { body } = await new Client(server.url, everyone).get<string>(page, asBrowser);
      const raw = [...body.matchAll(/href="([^"]*)"/g)].filter(
        ([, address = '']) =>
          /^\/(openapi|health|metrics|\.well-known)/.test(address) ||
          (address.startsWith('/v1/') && !/format=(csv|xlsx|pdf|md|html)/.test(address)),
      );
      expect(raw).toEqual([]);
    },
  );
});
