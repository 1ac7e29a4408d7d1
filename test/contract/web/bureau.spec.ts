import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from '../../support/api/client.js';
import { startHostedServer, type HostedServer } from '../../support/server/hosted-server.js';
import { tokenOf } from '../../support/access/tokens.js';

let server: HostedServer;
beforeAll(async () => {
  server = await startHostedServer();
});
afterAll(() => server.close());

const pageFor = async (...token: Parameters<typeof tokenOf>) =>
  new Client(server.url, await tokenOf(...token)).get<string>('/bureau', { Accept: 'text/html' });

describe('the agents’ page', () => {
  it('loads nothing from another host, and allows no inline script or style', async () => {
    const { headers, body } = await pageFor('agent');
    const policy = headers.get('Content-Security-Policy')!;
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    expect(headers.get('Cache-Control')).toBe('no-store');
    expect(body.match(/(?:src|href)="(?!\/(?:bureau|assets)\/)[^"]*"|style=|<script>/g)).toBeNull();
  });

  it('loads files whose addresses change with their content, and no others', async () => {
    const { body } = await pageFor('agent');
    const files = [...body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address!);
    expect(files).toHaveLength(5);
    for (const file of files) {
      expect(file).toMatch(/\?v=[0-9a-f]{12}$/);
      const answer = await fetch(new URL(file, server.url));
      expect([answer.status, answer.headers.get('Cache-Control')]).toEqual([200, 'public, max-age=31536000']);
      await answer.text();
    }
    expect((await new Client(server.url).get('/bureau/autre.js')).status).toBe(404);
  });

  it('knows every establishment, and which of them are the agent’s', async () => {
    const { body } = await pageFor('agent', ['NIM']);
    const [, written = ''] = /data-desk="([^"]*)"/.exec(body) ?? [];
    const desk = JSON.parse(written.replaceAll('&quot;', '"').replaceAll('&#39;', "'")) as {
      establishments: { code: string; isOwn: boolean }[];
    };
    expect(desk.establishments.length).toBeGreaterThan(1);
    expect(desk.establishments.filter(({ isOwn }) => isOwn).map(({ code }) => code)).toEqual(['NIM']);
  });

  it('is for nobody else: a mobile team gets the page that says so', async () => {
    const { status, body } = await pageFor('mobile-team');
    expect(status).toBe(403);
    expect(body).toContain('Demandez à quelqu’un dont le rôle le permet.');
  });

  it('comes back after the sign-in with what its address shows', async () => {
    const answer = await fetch(new URL('/bureau?assignee=me', server.url), { redirect: 'manual' });
    expect(answer.headers.get('Location')).toBe('/sign-in?returnTo=%2Fbureau%3Fassignee%3Dme');
  });
});
