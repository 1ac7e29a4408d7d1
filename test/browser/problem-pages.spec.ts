import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { violationsOf } from '../support/browser/axe.js';
import { openBrowser, signIn } from '../support/browser/browser.js';
import { Client, clientOf, codeOf, type ProblemBody } from '../support/api/client.js';
import { startHostedServer, type HostedServer } from '../support/server/hosted-server.js';
import { tokenOf } from '../support/access/tokens.js';

const asBrowser = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';

let server: HostedServer;
let browser: Browser;
let page: Page;
beforeAll(async () => {
  server = await startHostedServer();
  browser = await openBrowser();
  page = await (await browser.newContext({ locale: 'fr-CA' })).newPage();
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

const textAt = async (path: string, headers: Record<string, string> = {}) => {
  const asking = new Client(server.url, await tokenOf('producer'));
  const { status, body } = await asking.send<string>('GET', path, undefined, {
    Accept: asBrowser,
    ...headers,
  });
  return { status, text: body };
};

describe('an unknown address', () => {
  it.each(['/rien', '/v1/rien', '/equipe/rien', '/bulletins/2026-05-15/rien'])(
    'is answered to a browser with a page, in the language chosen there: %s',
    async (path) => {
      const answer = await page.goto(`${server.url}${path}`);
      expect(answer?.status()).toBe(404);
      expect(await page.innerText('h1')).toBe('Rien à cette adresse');
      expect(await page.innerText('main')).not.toMatch(/«|openapi|correlationId/);
      expect(await violationsOf(page)).toEqual([]);
      await page.click('text=English');
      expect(await page.innerText('h1')).toBe('Nothing at this address');
      await page.click('text=Start page');
      expect(await page.getAttribute('html', 'lang')).toBe('en-CA');
      await page.click('text=Français');
    },
  );

  it.each(['*/*', 'application/json', 'application/problem+json, text/html;q=0.5'])(
    'is answered with a problem document where Accept is %s',
    async (accept) => {
      const client = await clientOf(server);
      const { status, body } = await client.send<ProblemBody>('GET', '/rien', undefined, { Accept: accept });
      expect([status, codeOf(body)]).toEqual([404, 'not-found']);
    },
  );
});

describe('an address that can’t be understood', () => {
  it('is answered with what is wrong in it', async () => {
    const { status, text } = await textAt('/jours/2026-13-45');
    expect(status).toBe(400);
    expect(text).toContain('Jour: «2026-13-45» ne peut être compris');
    expect(text).not.toMatch(/«errors»|correlationId/);
    const english = await textAt('/jours/2026-05-15/billets?figure=%3Cb%3E&lang=en');
    expect(english.text).toContain('Figure: «&lt;b&gt;» can’t be understood');
    expect((await textAt('/jours/2026-05-15/billets')).text).toContain('Chiffre: à indiquer');
    expect((await textAt('/jours?date=')).text).toContain('Jour: à indiquer');
  });

  it('leads to today where it names no day', async () => {
    const { status } = await textAt('/jours');
    expect(status).toBe(200);
  });
});

describe('a page', () => {
  it('leads to pages and files, and to no raw JSON', async () => {
    await page.goto(server.url);
    expect(await page.innerText('main')).toContain('Les problèmes et leurs remèdes');
    const visited = new Set<string>();
    const leadsToJson = async (): Promise<string[]> => {
      // Those in charts have no `href` that is a text.
      const links = await page.$$eval('a[href]', (all) =>
        all.map((link) => new URL(link.getAttribute('href') ?? '', link.baseURI).href),
      );
      const found: string[] = [];
      for (const link of new Set(links.map((href) => href.replace(/#.*/, '')))) {
        if (!link.startsWith(server.url) || /sign-(in|out)|lang=/.test(link) || visited.has(link)) continue;
        visited.add(link);
        const answer = await page.request.get(link, { headers: { Accept: asBrowser } });
        if ((answer.headers()['content-type'] ?? '').includes('json')) found.push(link);
      }
      return found;
    };
    expect(await leadsToJson()).toEqual([]);
    await page.click('text=Les problèmes et leurs remèdes');
    expect(await page.innerText('#ticket-not-found')).toBe('Billet introuvable');
    expect(await violationsOf(page)).toEqual([]);
    await page.click('text=English');
    expect(await page.innerText('h1')).toBe('Problems and their remedies');
    await page.click('text=Français');
    for (const role of ['producer', 'operator', 'auditor', 'agent'] as const) {
      const context = await browser.newContext({ locale: 'fr-CA' });
      page = await context.newPage();
      await signIn(page, server.url, role);
      await page.waitForSelector('.menu a');
      expect(await leadsToJson()).toEqual([]);
      await page.goto(`${server.url}/problemes`);
      expect(await page.locator('.menu a').count()).toBeGreaterThan(0);
    }
    expect(visited.size).toBeGreaterThan(10);
  });
});
