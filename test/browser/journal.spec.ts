import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { referenceOf } from '../../src/shared/ticket-reference.js';
import { Client, clientOf } from '../support/api/client.js';
import { openedTicket } from '../support/api/contract.js';
import { tokenOf } from '../support/access/tokens.js';
import { violationsOf } from '../support/browser/axe.js';
import { openBrowser, signIn } from '../support/browser/browser.js';
import { startHostedServer, type HostedServer } from '../support/server/hosted-server.js';

const purpose = 'Suivi 4512';

let server: HostedServer;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let seen: string;
let other: string;
beforeAll(async () => {
  server = await startHostedServer({ accessAlerts: { tickets: 1_000, refusals: 3 } });
  const all = await clientOf(server);
  [seen, other] = [await openedTicket(all), await openedTicket(all, { establishment: 'MCQ' })];
  const agent = new Client(server.url, await tokenOf('agent', ['NIM']));
  await agent.get(`/v1/tickets/${seen}`, { 'X-Purpose': purpose });
  for (let count = 0; count < 4; count += 1) await agent.get(`/v1/tickets/${other}`);
  browser = await openBrowser();
  context = await browser.newContext({ locale: 'fr-CA' });
  page = await context.newPage();
  await signIn(page, server.url, 'auditor');
  // Where an auditor who signs in begins.
  await page.waitForURL(`${server.url}/journal`);
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

const rows = () => page.locator('table tbody tr');
const person = 'test:agent';

describe('the page of the access log', () => {
  it('shows who saw which ticket and why, also the look that was just taken, and passes axe', async () => {
    await page.goto(`${server.url}/journal?ticket=${seen}`);
    const shown = rows().filter({ hasText: purpose });
    await shown.first().waitFor();
    expect(await shown.first().innerText()).toContain(person);
    expect(await shown.first().innerText()).toContain(referenceOf(seen));
    await page.goto(`${server.url}/journal`);
    expect(await violationsOf(page)).toEqual([]);
  });

  it('names who was refused often, with a link to their accesses', async () => {
    const alert = page.locator('.alerts a', { hasText: person });
    await alert.first().waitFor();
    await alert.first().click();
    await page.waitForURL(/person=/);
    for (const text of await rows().allInnerTexts()) expect(text).toContain(person);
  });

  it('is filtered by the keyboard alone', async () => {
    await page.goto(`${server.url}/journal`);
    await page.locator('input[name="ticket"]').focus();
    await page.keyboard.type(other);
    await page.keyboard.press('Enter');
    await page.waitForURL(new RegExp(`ticket=${other}`));
    const texts = await rows().allInnerTexts();
    expect(texts.length).toBeGreaterThanOrEqual(4);
    for (const text of texts) expect(text).toContain(referenceOf(other));
  });

  it.each([
    ['fr-CA', 390, 'light'],
    ['fr-CA', 1280, 'dark'],
    ['en-CA', 390, 'dark'],
    ['en-CA', 1920, 'light'],
  ] as const)(
    'fits the window in %s at %i pixels, %s, and passes axe',
    async (locale, width, colorScheme) => {
      const window = await browser.newContext({
        ...{ locale, colorScheme, viewport: { width, height: 900 } },
        storageState: await context.storageState(),
      });
      const shown = await window.newPage();
      await shown.goto(`${server.url}/journal`);
      await shown.waitForSelector('table');
      const overflow = await shown.evaluate(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      expect(overflow).toBe(0);
      expect(await violationsOf(shown)).toEqual([]);
      if (process.env.PICTURES)
        await shown.screenshot({
          path: `${process.env.PICTURES}/journal-${locale}-${width}-${colorScheme}.png`,
          fullPage: true,
        });
      await window.close();
    },
  );
});

describe('the door of an operator', () => {
  it('opens on the projections, the events put aside, the jobs and the event loop, and rebuilds after a question', async () => {
    const own = await browser.newContext({ locale: 'fr-CA' });
    const shown = await own.newPage();
    await signIn(shown, server.url, 'operator');
    await shown.waitForURL(`${server.url}/exploitation`);
    expect(await shown.locator('main h2').allInnerTexts()).toEqual([
      'Projections',
      'Événements mis de côté',
      'Ce que ce serveur fait de lui-même',
      'Boucle d’événements de ce serveur',
    ]);
    expect(await violationsOf(shown)).toEqual([]);
    // All of both tables is in sight on a screen, and on a phone the state of each row.
    for (const [width, cells] of [
      [1280, 'td'],
      [390, 'td:nth-child(2)'],
    ] as const) {
      await shown.setViewportSize({ width, height: 800 });
      const ends = `[...document.querySelectorAll('.operations ${cells}')].map((cell) => cell.getBoundingClientRect().right)`;
      expect(Math.max(...(await shown.evaluate<number[]>(ends)))).toBeLessThanOrEqual(width);
    }
    await shown.setViewportSize({ width: 1280, height: 800 });
    await shown.locator('tr', { hasText: 'ticket-relations' }).getByText('Reconstruire').click();
    await shown.waitForURL('**/ticket-relations/rebuild');
    expect(await violationsOf(shown)).toEqual([]);
    await shown.click('main form button');
    await shown.waitForURL(/\/exploitation(\?|$)/);
    // A door of somebody else's leads back to one's own.
    await shown.goto(`${server.url}/journal`);
    await shown.click('nav >> text=Exploitation');
    await shown.waitForURL(`${server.url}/exploitation`);
    await own.close();
  });
});
