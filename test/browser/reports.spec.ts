import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { clientOf, type Client } from '../support/api/client.js';
import { ago, openedTicket } from '../support/api/contract.js';
import { violationsOf } from '../support/browser/axe.js';
import { openBrowser, signIn } from '../support/browser/browser.js';
import { startHostedServer, type HostedServer } from '../support/server/hosted-server.js';

const hour = 3_600;

let server: HostedServer;
let client: Client;
let browser: Browser;
let context: BrowserContext;
let page: Page;
beforeAll(async () => {
  server = await startHostedServer();
  client = await clientOf(server);
  const teams = [
    'centre-de-services',
    'mobile-nim-03',
    'une-equipe-au-nom-interminable-et-sans-espace',
    undefined,
  ];
  for (const [index, team] of teams.entries()) {
    const ticketId = await openedTicket(client, {
      ...{ establishment: 'NIM', occurredAt: ago((30 + index) * hour) },
      ...(team === undefined ? {} : { team }),
    });
    if (index > 2) continue;
    await client.post(`/v1/tickets/${ticketId}/start`, { occurredAt: ago((29 - index * 5) * hour) });
    const resolution = { code: 'fixed', note: 'Redémarré.' };
    await client.post(`/v1/tickets/${ticketId}/resolve`, {
      resolution,
      occurredAt: ago((12 - index) * hour),
    });
  }
  browser = await openBrowser();
  context = await browser.newContext({ locale: 'fr-CA' });
  page = await context.newPage();
  await signIn(page, server.url, 'agent');
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

const rows = (): Promise<string[]> => page.locator('table.reports tbody tr').allInnerTexts();
const isWider = (): Promise<boolean> =>
  page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth');

describe('the page of the reports', () => {
  it('is in the menu of a team lead, and begins with the first responses by team', async () => {
    await page.goto(`${server.url}/rapports`);
    expect(await page.innerText('[aria-current="page"]')).toBe('Rapports');
    expect(await page.innerText('h1')).toBe('Premières réponses');
    expect(await rows()).toEqual([
      expect.stringMatching(/^centre-de-services\s+1\s+1\s+1\sh\s+1\sh/),
      expect.stringMatching(/^mobile-nim-03\s+1\s+1\s+7\sh\s+7\sh/),
      expect.stringMatching(/^une-equipe-au-nom-interminable-et-sans-espace\s+1\s+1\s+13\sh/),
      expect.stringMatching(/^Sans équipe\s+1\s+0\s+–\s+–/),
    ]);
    expect(await page.innerText('table.reports tfoot')).toMatch(/^Total\s+4\s+3\s+7\sh\s+13\sh/);
  });

  it.each(['responses', 'resolutions', 'ageing', 'reopened'])(
    '%s: passes axe at every width',
    async (report) => {
      for (const width of [390, 1280, 1920]) {
        await page.setViewportSize({ width, height: 900 });
        await page.goto(`${server.url}/rapports?report=${report}`);
        expect([width, await violationsOf(page), await isWider()]).toEqual([width, [], false]);
        const folder = process.env.SCREENSHOTS;
        if (folder) await page.screenshot({ path: `${folder}/${report}-${width}.png`, fullPage: true });
      }
    },
  );

  it('is chosen by a form, without any script, and has the same report as files', async () => {
    await page.goto(`${server.url}/rapports`);
    await page.selectOption('select[name="report"]', 'resolutions');
    await page.selectOption('select[name="by"]', 'establishment');
    await page.click('form.chooser button');
    await page.waitForURL(/report=resolutions/);
    expect(await page.innerText('h1')).toBe('Résolutions');
    expect(await rows()).toEqual([expect.stringMatching(/^NIM\s.*\s4\s+3\s/s)]);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.click('.downloads a:has-text("CSV")'),
    ]);
    expect(download.suggestedFilename()).toMatch(/^resolutions-.*\.csv$/);
  });

  it('speaks English, and says what is wrong with a range', async () => {
    await page.goto(`${server.url}/rapports?report=ageing&lang=en`);
    expect(await page.innerText('h1')).toBe('Age of active tickets');
    await page.goto(`${server.url}/rapports?from=2026-05-16&to=2026-05-15&lang=fr`);
    expect(await page.$('table.reports')).toBeNull();
  });
});
