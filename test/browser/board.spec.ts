import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { readSettings } from '../../src/config/settings.js';
import { startServer } from '../../src/boot/server.js';
import { violationsOf } from '../support/browser/axe.js';
import { spilledOnWall } from '../support/browser/spilled.js';
import { openBrowser, signIn } from '../support/browser/browser.js';
import { clientOf, type Client } from '../support/api/client.js';
import { ago, done, openedTicket } from '../support/api/contract.js';
import { startHostedServer, type HostedServer } from '../support/server/hosted-server.js';
import { patienceMs } from '../support/patience.js';
import { testMasterKey } from '../support/keys/keys.js';

let server: HostedServer;
let client: Client;
let browser: Browser;
beforeAll(async () => {
  server = await startHostedServer();
  client = await clientOf(server);
  browser = await openBrowser();
  await openedTicket(client, { establishment: 'NIM', occurredAt: ago(2) });
}, patienceMs);
afterAll(async () => {
  await browser.close();
  await server.close();
}, patienceMs);

let context: BrowserContext;
let page: Page;
/** Requests that a page sent to another host, and violations of its Content-Security-Policy: none are allowed. */
let foreign: string[];
beforeEach(async () => {
  context = await browser.newContext({ locale: 'fr-CA' });
  page = await context.newPage();
  foreign = [];
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== new URL(server.url).origin) foreign.push(request.url());
  });
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) foreign.push(message.text());
  });
});
afterEach(async () => {
  await context.close();
  expect(foreign).toEqual([]);
});

const figure = (name: string): Promise<string> => page.innerText(`[data-figure="${name}"]`);
const untilFigure = (name: string, value: string) =>
  page.locator(`[data-figure="${name}"]`, { hasText: new RegExp(`^${value}$`) }).waitFor({ timeout: 10_000 });
const focused = (attribute: string) => page.locator(':focus').getAttribute(attribute);

const violations = () => violationsOf(page);

describe('the board', () => {
  it(
    'is shown to signed-in producers only; everyone else begins at a page of their own',
    async () => {
      await page.goto(server.url);
      expect(await page.innerText('h1')).toBe('Billets quotidiens');
      expect(await page.$('#board')).toBeNull();
      await page.locator('#state', { hasText: 'les chiffres sont à jour' }).waitFor();
      expect(await violations()).toEqual([]);
      await signIn(page, server.url, 'auditor');
      expect(await page.innerText('h1')).toBe('Journal des accès');
      await page.goto(`${server.url}/bulletins`);
      expect(await page.innerText('h1')).toBe('Votre rôle ne le permet pas');
      expect(await page.locator('.banner nav a').allInnerTexts()).toEqual(['Journal', 'English']);
      expect(await violations()).toEqual([]);
      await page.click('nav >> text=English');
      expect(await page.innerText('h1')).toBe('Your role does not allow it');
      await page.click('text=Sign in as somebody else');
      expect(await page.innerText('h1')).toBe('Development sign-in');
      expect(await page.locator('button').allInnerTexts()).toEqual(
        expect.arrayContaining(['Producer', 'Mobile team', 'Operator']),
      );
      expect(await violations()).toEqual([]);
      await page.click('button[value="producer"]');
      expect(await page.innerText('h1')).toBe('Bulletins');
      await page.goto(`${server.url}/sign-in?as=other`);
      await page.click('button[value="auditor"]');
      await page.locator('h1', { hasText: 'Access log' }).waitFor();
      await page.goto(`${server.url}/bulletins`);
      await page.click('text=Start page');
      expect(await page.innerText('h1')).toBe('Access log');
      await page.click('text=Sign out');
      await page.waitForSelector('a[href="/sign-in"]');
    },
    patienceMs,
  );

  it(
    'counts a ticket as soon as it is opened, and its resolution',
    async () => {
      await signIn(page, server.url);
      await page.waitForSelector('#board');
      const before = Number(await figure('opened'));
      const ticketId = await openedTicket(client, { occurredAt: ago(1) });
      await untilFigure('opened', String(before + 1));
      const resolved = Number(await figure('resolved'));
      await done(client, ticketId, 'resolve');
      await untilFigure('resolved', String(resolved + 1));
      expect(await page.innerText('#fresh')).toMatch(/^à jour il y a \d s$/);
      expect(await page.innerText('#announced')).toMatch(/Ouverts \d+, Résolus \d+/);
      expect(await violations()).toEqual([]);
    },
    patienceMs,
  );

  it(
    'stays in English on the following pages once English is chosen',
    async () => {
      await signIn(page, server.url);
      await page.click('nav >> text=English');
      expect(await page.innerText('h1')).toMatch(/^Today/);
      expect(await page.getAttribute('html', 'lang')).toBe('en-CA');
      await page.click('text=Yesterday');
      expect(await page.innerText('.tile dt')).toBe('Opened');
      expect(await violations()).toEqual([]);
      await page.click('nav >> text=Board');
      await page.locator('#fresh', { hasText: /up to date \d s ago/ }).waitFor();
    },
    patienceMs,
  );

  it(
    'fits a phone, without a horizontal scroll',
    async () => {
      await page.setViewportSize({ width: 320, height: 640 });
      await signIn(page, server.url);
      await page.waitForSelector('#board');
      const width = () => page.evaluate<number>('document.documentElement.scrollWidth');
      expect(await width()).toBe(320);
      expect(await violations()).toEqual([]);
      await page.click('text=Menu');
      await page.click('text=Hier');
      await page.waitForSelector('.days');
      expect(await width()).toBe(320);
    },
    patienceMs,
  );

  it(
    'has a chart with named axes, whose days lead to their pages and say their values',
    async () => {
      await signIn(page, server.url);
      const chart = page.locator('[data-region=chart] .chart.wide');
      expect(await chart.locator('.axis').allTextContents()).toEqual(['Billets par jour', 'Actifs à minuit']);
      const lastDay = chart.locator('.day').last();
      await lastDay.focus();
      expect(await chart.locator('.values:visible').allTextContents()).toEqual([
        await lastDay.getAttribute('aria-label'),
      ]);
      await lastDay.locator('.hit').hover();
      expect(await chart.locator('.values:visible').textContent()).toMatch(
        /: Ouverts \d+, Résolus \d+, Actifs/,
      );
      await page.emulateMedia({ colorScheme: 'dark' });
      expect(await violations()).toEqual([]);
      await page.keyboard.press('Enter');
      await page.waitForSelector('.days');
      expect(await violations()).toEqual([]);
      await page.emulateMedia({ media: 'print', colorScheme: 'light' });
      for (const forScreensOnly of ['.banner', '.days'])
        expect(await page.locator(forScreensOnly).isVisible()).toBe(false);
    },
    patienceMs,
  );

  it.each([320, 640])(
    'has one row above it on a phone and at 200 %, and a menu behind a button that the keyboard opens and closes: %d pixels wide',
    async (width) => {
      await page.setViewportSize({ width, height: 740 });
      await signIn(page, server.url);
      await page.waitForSelector('#board');
      expect((await page.locator('.banner').boundingBox())!.height).toBeLessThanOrEqual(60);
      const menu = page.locator('#menu');
      expect(await menu.isVisible()).toBe(false);
      await page.focus('.menu-button');
      await page.keyboard.press('Enter');
      await menu.waitFor({ state: 'visible' });
      for (const each of await menu.locator('a, button').all()) {
        expect((await each.boundingBox())!.height).toBeGreaterThanOrEqual(44);
      }
      expect(await violations()).toEqual([]);
      await page.keyboard.press('Tab');
      expect(await page.locator(':focus').innerText()).toBe('Tableau');
      await page.keyboard.press('Escape');
      await menu.waitFor({ state: 'hidden' });
      await page.click('.menu-button');
      await page.click('#menu >> text=Se déconnecter');
      await page.waitForSelector('a[href="/sign-in"]');
    },
    patienceMs,
  );

  it(
    'has bars for each establishment and category, which say their values and lead to the tickets behind them',
    async () => {
      const ticketId = await openedTicket(client, { category: 'imagerie', occurredAt: ago(1) });
      await signIn(page, server.url);
      const row = (name: string) => page.locator(`.chart.wide [data-row="${name}"]`);
      const bar = row('Imagerie').locator('.bar').first();
      await row('Imagerie')
        .locator('.count', { hasText: /^\s*1\s*$/ })
        .first()
        .waitFor();
      await bar.focus();
      expect(await bar.getAttribute('aria-label')).toBe('Imagerie: Ouverts 1');
      await bar.locator('.values:visible', { hasText: 'Imagerie: Ouverts 1' }).waitFor();
      await row('NIM').locator('.bar .hit').first().hover();
      await row('NIM')
        .locator('.values:visible', { hasText: /^NIM – CIUSSS.*: Ouverts \d+$/ })
        .waitFor();
      await page.emulateMedia({ colorScheme: 'dark' });
      expect(await violations()).toEqual([]);
      await page.keyboard.press('Enter');
      await page.locator(`[data-ticket="${ticketId}"]`).waitFor();
      expect(await page.innerText('h1')).toContain('Premières réponses');
      expect(await page.locator('[data-ticket]').count()).toBe(1);
      expect(await violations()).toEqual([]);
      await page.goto(server.url);
      await row('NIM').locator('a.bar').first().click();
      await page.waitForSelector('[data-sum="opened"]');
    },
    patienceMs,
  );

  it(
    'fits a wall, whatever its size, with nothing to touch and the establishments taking turns',
    async () => {
      const spilled = () => spilledOnWall(page);
      /** The sizes of all texts, were the screen of 1080 lines. */
      const sizes = () =>
        page.evaluate<number[]>(
          `[...document.querySelectorAll('main *')]
             .filter((each) => each.checkVisibility() && each.clientWidth + (each.getBBox?.().width ?? 0) > 1 &&
               [...each.childNodes].some(({ nodeType, data }) => nodeType === Node.TEXT_NODE && data.trim()))
             .map((each) => parseFloat(getComputedStyle(each).fontSize) * (each.getScreenCTM?.().a ?? 1) * 1080 / innerHeight)`,
        );
      /** How much of its room the chart of establishments fills, from its top to its last bar. */
      const filled = () =>
        page.evaluate<number>(
          `(() => {
             const room = document.querySelector('.establishments [data-region]').getBoundingClientRect();
             const bars = [...document.querySelectorAll('.establishments [data-page="1"] rect')];
             return (Math.max(...bars.map((bar) => bar.getBoundingClientRect().bottom)) - room.top) / room.height;
           })()`,
        );
      await signIn(page, server.url);
      await page.setViewportSize({ width: 1920, height: 1080 });
      await page.goto(`${server.url}/?mur`);
      await page.getByText("CIUSSS du Nord-de-l'Île-de-Montréal").waitFor();
      expect(await filled()).toBeGreaterThan(0.6);
      const codes = ['AT', 'BSL', 'CA', 'CAPNAT', 'CHUM', 'CHUQ', 'LAV', 'IUCPQ'];
      for (const establishment of codes) await openedTicket(client, { establishment, occurredAt: ago(2) });
      await page.clock.install();
      for (const [width, height] of [
        [1920, 1080],
        [3840, 2160],
      ] as const) {
        await page.setViewportSize({ width, height });
        await page.goto(`${server.url}/?mur`);
        await page.locator('.establishments [data-page="2"]').waitFor({ state: 'attached' });
        expect(await spilled()).toEqual([]);
        expect(await page.locator('main :is(a, button, input, summary):visible, .banner').count()).toBe(0);
        expect(await page.locator('.establishments [data-row]:visible').count()).toBe(5);
        // Read from four metres: nothing is small, nothing is cut, and no room is left over.
        expect(Math.min(...(await sizes()))).toBeGreaterThan(20);
        expect(await page.innerText('main')).not.toContain('…');
        expect(await filled()).toBeGreaterThan(0.85);
      }
      expect(await violations()).toEqual([]);
      await page.clock.runFor(12_000);
      await page.locator('.establishments [data-page="2"]:visible').waitFor();
      expect(await page.locator('.establishments [data-page="1"]').isVisible()).toBe(false);
      expect(await page.locator('.categories [data-row]:visible').count()).toBeGreaterThan(0);
      expect(await page.locator('.card.ageing').isVisible()).toBe(false);
      expect(await spilled()).toEqual([]);
      expect(await violations()).toEqual([]);
      await page.clock.runFor(12_000);
      await page.locator('.card.ageing:visible').waitFor();
      expect(await page.locator('.card.categories').isVisible()).toBe(false);
    },
    patienceMs,
  );

  it(
    'can be used with the keyboard alone',
    async () => {
      await page.goto(server.url);
      await page.focus('a[href="/sign-in"]');
      await page.keyboard.press('Enter');
      await page.waitForSelector('button[value="producer"]');
      do await page.keyboard.press('Tab');
      while ((await focused('value')) !== 'producer');
      await page.keyboard.press('Enter');
      await page.waitForSelector('#board');
      await page.keyboard.press('Tab');
      expect(await focused('class')).toBe('skip');
      await page.keyboard.press('Enter');
      expect(await focused('id')).toBe('main');
    },
    patienceMs,
  );

  it(
    'shows nothing after signing out until someone signs in again',
    async () => {
      await signIn(page, server.url);
      await page.waitForSelector('#board');
      await page.click('text=Se déconnecter');
      await page.waitForSelector('a[href="/sign-in"]');
      await page.goto(`${server.url}/jours/2026-05-15`);
      expect(page.url()).toContain('/development-sign-in/');
      await page.click('button[value="producer"]');
      await page.waitForSelector('.days');
      expect(new URL(page.url()).pathname).toBe('/jours/2026-05-15');
    },
    patienceMs,
  );
});

describe('a lost connection', () => {
  it('is reported on the board, which catches up with the current figures once it is back', async () => {
    const settings = {
      ...readSettings({ MASTER_KEY: testMasterKey, SESSION_SECRET: 'x'.repeat(32) }),
      databaseUrl: server.database.url,
      logLevel: 'silent' as const,
    };
    let restarted = await startServer({ ...settings, port: 0 });
    try {
      await signIn(page, restarted.url);
      await page.waitForSelector('#board');
      foreign = [];
      const opened = Number(await figure('opened'));
      await restarted.close();
      await page.waitForSelector('#lost:not([hidden])');
      expect(await page.innerText('#lost')).toMatch(
        /^Connexion perdue: les chiffres affichés datent de \d+ s\./,
      );
      expect(await violations()).toEqual([]);
      await openedTicket(client, { occurredAt: ago(1) });
      restarted = await startServer({ ...settings, port: Number(new URL(restarted.url).port) });
      await page.waitForSelector('#lost', { state: 'hidden' });
      await untilFigure('opened', String(opened + 1));
      expect(await page.innerText('#announced')).toBe('Connexion rétablie; les chiffres sont à jour.');
    } finally {
      await restarted.close();
      foreign = [];
    }
  }, 60_000);
});
