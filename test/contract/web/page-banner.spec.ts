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
const ofEveryone = ['/', expect.stringMatching(/^\/jours\/\d{4}-\d\d-\d\d$/), '/bulletins', '/rapports'];

describe('the banner of every page', () => {
  it.each(pages)('links to the mobile teams’ page for people who work tickets, on %s', async (page) => {
    expect(await linksOn(page, ['producer', 'agent'])).toEqual([...ofEveryone, '/equipe']);
  });

  it.each(pages)('has no such link for other people, on %s', async (page) => {
    expect(await linksOn(page, 'producer')).toEqual(ofEveryone);
  });
});
