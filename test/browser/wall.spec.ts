import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { clientOf, type Client } from '../support/api/client.js';
import { ago, openedTicket, opening, type SyncBody } from '../support/api/contract.js';
import { openBrowser, signIn } from '../support/browser/browser.js';
import { spilledOnWall } from '../support/browser/spilled.js';
import { startHostedServer, type HostedServer } from '../support/server/hosted-server.js';

const sizes = [
  [1280, 720],
  [1920, 1080],
  [3840, 2160],
] as const;

let server: HostedServer;
let client: Client;
let browser: Browser;
let page: Page;
beforeAll(async () => {
  [server, browser] = await Promise.all([startHostedServer(), openBrowser()]);
  client = await clientOf(server);
});
beforeEach(async () => {
  page = await (await browser.newContext({ locale: 'fr-CA' })).newPage();
  await signIn(page, server.url);
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

const openToday = async (count: number): Promise<void> => {
  const commands = Array.from({ length: count }, () => ({
    ...{ type: 'open', commandId: randomUUID(), ticketId: randomUUID() },
    ...opening({ establishment: 'NIM', occurredAt: ago(0) }),
  }));
  const { body } = await client.post<SyncBody>('/v1/sync', { deviceId: 'test', commands });
  expect(body.results.filter(({ status }) => status !== 'applied')).toEqual([]);
};

describe('the board on a wall', () => {
  it('shows all of the last day where today has no tickets yet, and says which moment its ages are of', async () => {
    await openedTicket(client, { establishment: 'NIM', occurredAt: ago(30 * 3_600) });
    for (const [width, height] of sizes) {
      await page.setViewportSize({ width, height });
      await page.goto(`${server.url}/?mur`);
      await page.getByText('Actifs maintenant, par âge et priorité').waitFor();
      await page.getByText('Aucun billet encore aujourd’hui').waitFor();
      expect(await spilledOnWall(page)).toEqual([]);
    }
  });

  it.each([1_000, 10_500])('shows figures of %d tickets whole, with their changes', async (atLeast) => {
    for (let opened = 0; opened < atLeast; opened += 1_000)
      await openToday(Math.min(1_000, atLeast - opened));
    const text = new RegExp(`^${atLeast > 9_999 ? '1\\d' : '1'}\\s\\d{3}$`);
    for (const [width, height] of sizes) {
      await page.setViewportSize({ width, height });
      await page.goto(`${server.url}/?mur`);
      await page.locator('[data-figure="opened"]', { hasText: text }).waitFor();
      expect(await spilledOnWall(page)).toEqual([]);
    }
  });
});
