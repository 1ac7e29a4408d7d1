import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from '../../support/api/client.js';
import { expectProblem } from '../../support/api/contract.js';
import { startHostedServer, type HostedServer } from '../../support/server/hosted-server.js';
import { tokenOf } from '../../support/access/tokens.js';

let server: HostedServer;
let nobody: Client;
beforeAll(async () => {
  server = await startHostedServer();
  nobody = new Client(server.url);
});
afterAll(() => server.close());

interface Manifest {
  start_url: string;
  scope: string;
  icons: { src: string; sizes: string; purpose?: string }[];
}

/** The files that the service worker precaches: their URLs, and revisions where the URL has no version. */
const precached = async (): Promise<{ url: string; revision: string | null }[]> => {
  const { body } = await nobody.get<string>('/equipe/service-worker.js');
  return JSON.parse(/^self\.precached=(.*);$/m.exec(body)![1]!) as { url: string; revision: string | null }[];
};

describe('the mobile teams’ page', () => {
  it('loads nothing from another host, and allows no inline script or style', async () => {
    const { headers, body } = await nobody.get<string>('/equipe');
    const policy = headers.get('Content-Security-Policy')!;
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    expect(body.match(/(?:src|href)="(?!\/equipe)[^"]*"|style=|<script>/g)).toBeNull();
  });

  it('is in the language of the address, of the cookie, or of the browser, and says so', async () => {
    const english = { 'Accept-Language': 'en' };
    const asked = await nobody.get<string>('/equipe?lang=en');
    const [kept] = asked.headers.get('Set-Cookie')!.split(';');
    const pages = [
      asked,
      await nobody.get<string>('/equipe', english),
      await nobody.get<string>('/equipe', { Cookie: kept! }),
      await nobody.get<string>('/equipe'),
    ];
    expect(kept).toBe('language=en');
    expect(pages.map(({ headers }) => headers.get('Content-Language'))).toEqual(['en', 'en', 'en', 'fr']);
    expect(pages.map(({ body }) => /<html lang="([^"]*)"/.exec(body)?.[1])).toEqual([
      ...['en-CA', 'en-CA', 'en-CA', 'fr-CA'],
    ]);
    expect(pages[0]!.body).toContain('<h1>Mobile team</h1>');
    expect(pages[3]!.headers.get('Cache-Control')).toBe('no-store');
    expect(pages[3]!.headers.get('Vary') ?? '').not.toMatch(/cookie|accept-language/i);
    expect((await nobody.get('/equipe?lang=de')).status).toBe(400);
  });

  it('is installed under its name in either language, as the same page', async () => {
    const [french, inEnglish] = [
      (await nobody.get<Record<string, string>>('/equipe/manifest.webmanifest')).body,
      (await nobody.get<Record<string, string>>('/equipe/manifest.en.webmanifest')).body,
    ];
    expect([french.lang, inEnglish.lang]).toEqual(['fr-CA', 'en-CA']);
    expect([french.short_name, inEnglish.short_name]).toEqual(['Équipe', 'Team']);
    expect(inEnglish.id).toBe(french.id);
    expect((await nobody.get<string>('/equipe?lang=en')).body).toContain('/equipe/manifest.en.webmanifest');
  });

  it('can be installed: its icons exist in the declared sizes', async () => {
    const { headers, body: manifest } = await nobody.get<Manifest>('/equipe/manifest.webmanifest');
    expect(headers.get('Content-Type')).toMatch(/^application\/manifest\+json/);
    expect(manifest).toMatchObject({ start_url: '/equipe', scope: '/equipe' });
    expect(manifest.icons.map(({ sizes }) => sizes)).toEqual(['192x192', '512x512', '512x512']);
    for (const { src, sizes } of manifest.icons) {
      const png = Buffer.from(await (await fetch(new URL(src, server.url))).arrayBuffer());
      expect(`${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`).toBe(sizes);
    }
  });

  it('has a service worker that may control the page itself, and is revalidated each time', async () => {
    const { headers } = await nobody.get('/equipe/service-worker.js');
    expect(headers.get('Service-Worker-Allowed')).toBe('/equipe');
    expect(headers.get('Cache-Control')).toBe('no-cache');
  });

  it('is precached in full, with all files that it and its manifest name, in their current versions', async () => {
    const kept = await precached();
    const { body: page } = await nobody.get<string>('/equipe');
    const { body: manifest } = await nobody.get<Manifest>('/equipe/manifest.webmanifest');
    const named = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address!);
    const urls = kept.map(({ url }) => url);
    expect(urls).toEqual(
      expect.arrayContaining(['/equipe', ...named, ...manifest.icons.map(({ src }) => src)]),
    );
    for (const { url, revision } of kept) {
      expect([url, (await nobody.get(url)).status]).toEqual([url, 200]);
      expect([url, revision !== null || /\?v=[0-9a-f]{12}$/.test(url)]).toEqual([url, true]);
    }
  });

  it('serves no other files', async () => {
    for (const name of ['tsconfig.json', 'app', '..%2fequipe.controller.js', 'constructor']) {
      expectProblem(await nobody.get(`/equipe/${name}`), 404, 'not-found');
    }
  });

  it('gets the signed-in person and their establishments', async () => {
    const team = new Client(server.url, await tokenOf('mobile-team', ['NIM']));
    const { headers, body } = await team.get('/equipe/session');
    expect(body).toEqual({
      person: expect.any(String),
      establishments: ['NIM'],
      healthNumbersInTitles: 'warn',
      language: 'fr',
    });
    expect(headers.get('Cache-Control')).toBe('no-store');
  });
});
