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
        // Every figure is in sight; only a name without any space may go beyond.
        const last = page.locator('table.reports tfoot :is(td, th):not([aria-hidden])').last();
        const { x, width: wide } = (await last.boundingBox())!;
        expect(x + wide).toBeLessThanOrEqual(width);
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

describe('the tickets behind a figure of a report', () => {
  it('are a link away from every count, as they were known when the report was, with a way back', async () => {
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.goto(`${server.url}/rapports`);
    const figures = page.locator('table.reports td a');
    // Tickets and answered of three teams, the tickets of those without one, and both totals.
    expect(await figures.count()).toBe(9);
    await page.getByRole('link', { name: 'Quels billets: mobile-nim-03, Billets, 1' }).click();
    await page.waitForURL('**/rapports/billets?*');
    expect(await page.innerText('h1')).toBe('Premières réponses, mobile-nim-03');
    expect(await page.locator('table.items tbody tr').allInnerTexts()).toEqual([
      expect.stringMatching(/^[0-9A-Z]{4}-[0-9A-Z]{4}\s+NIM\s+mobile-nim-03\s+Ordonnances\s+.*7\sh$/s),
    ]);
    expect(await violationsOf(page)).toEqual([]);
    await page.click('.above a');
    await page.waitForURL('**/rapports?*');
    expect(await rows()).toHaveLength(4);
    await page.getByRole('link', { name: 'Quels billets: Sans équipe, Billets, 1' }).click();
    expect(await page.innerText('h1')).toBe('Premières réponses, Sans équipe');
    expect(await page.locator('table.items tbody tr').count()).toBe(1);
    // What comes later is not among them.
    const address = page.url();
    await openedTicket(client, { establishment: 'NIM', occurredAt: ago(hour) });
    await page.goto(address);
    expect(await page.locator('table.items tbody tr').count()).toBe(1);
  });

  it('are as many as the count of each report, by every grouping, and are never raw data', async () => {
    for (const report of ['responses', 'resolutions', 'ageing', 'reopened']) {
      for (const by of ['team', 'category', 'establishment', 'day']) {
        const day = (seconds: number) => ago(seconds).slice(0, 10);
        const shown = `${server.url}/rapports?report=${report}&by=${by}&from=${day(72 * hour)}&to=${day(0)}`;
        await page.goto(shown);
        const links = await page
          .locator('table.reports td a')
          .evaluateAll((found) =>
            (found as unknown as { href: string; textContent: string }[]).map(({ href, textContent }) => [
              href,
              textContent.trim(),
            ]),
          );
        expect([report, by, links.length > 0]).toEqual([
          report,
          by,
          report !== 'reopened' || links.length > 0,
        ]);
        for (const [href = '', count] of links) {
          expect(new URL(href).pathname).toBe('/rapports/billets');
          await page.goto(href);
          expect([href, await page.locator('table.items tbody tr').count()]).toEqual([href, Number(count)]);
        }
      }
    }
  });

  it('are files, too, with the same tickets', async () => {
    await page.goto(`${server.url}/rapports`);
    await page.getByRole('link', { name: /^Quels billets: Total, Billets/ }).click();
    const count = await page.locator('table.items tbody tr').count();
    const [csv, excel] = await Promise.all(
      ['CSV', 'Excel'].map(async (name) => {
        const address = await page.locator('.downloads a', { hasText: name }).getAttribute('href');
        return context.request.get(`${server.url}${address}`);
      }),
    );
    const lines = (await csv!.text()).trim().split('\r\n');
    expect(lines).toHaveLength(count + 1);
    expect(lines[0]).toMatch(/Billet;Établissement;Équipe;Catégorie;Ouverture;/);
    expect(excel!.headers()['content-type']).toContain('spreadsheetml');
    expect((await excel!.body()).subarray(0, 2).toString()).toBe('PK');
  });
});
