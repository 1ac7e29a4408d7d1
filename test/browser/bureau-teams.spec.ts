import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { clientOf, type Client } from '../support/api/client.js';
import { done, openedTicket, type SyncBody } from '../support/api/contract.js';
import { violationsOf } from '../support/browser/axe.js';
import { openBrowser, signIn } from '../support/browser/browser.js';
import { Desk } from '../support/browser/desk.js';
import { startHostedServer, type HostedServer } from '../support/server/hosted-server.js';

let server: HostedServer;
let client: Client;
let browser: Browser;
let desk: Desk;
const atAMachine = async (): Promise<Desk> => {
  const context = await browser.newContext({ locale: 'fr-CA', viewport: { width: 1280, height: 800 } });
  const made = await Desk.in(context, server);
  await signIn(made.page, server.url, 'agent');
  await made.page.waitForURL('**/bureau');
  return made;
};
beforeAll(async () => {
  server = await startHostedServer();
  client = await clientOf(server);
  browser = await openBrowser();
  desk = await atAMachine();
});
afterAll(async () => {
  await browser.close();
  await server.close();
  expect(desk.faults).toEqual([]);
});

const panel = () => desk.page.locator('dialog');
const queueOf = ({ page }: Desk) => page.locator('.views a', { hasText: 'Mon équipe' });

describe('the queue of one’s own team', () => {
  let day: string;
  let night: string;
  beforeAll(async () => {
    day = await openedTicket(client, { title: 'De jour', team: 'jour' });
    night = await openedTicket(client, { title: 'De nuit', team: 'nuit' });
    await openedTicket(client, { title: 'Du soir', team: 'soir' });
    const { position } = (await client.post<SyncBody>('/v1/sync', { deviceId: 'now', commands: [] })).body;
    await client.get(`/v1/tickets?limit=1&minPosition=${position}`);
    await desk.open();
    await desk.row(night).waitFor();
  });

  it('asks which teams are one’s own, and says what is wrong with a name beside it', async () => {
    await desk.page.getByText('Mon équipe: choisir…').click();
    await panel().getByLabel('nuit').check();
    await panel().getByLabel('Une autre équipe').fill('BOUF94070312');
    await desk.press('Enter');
    await panel().locator('.caution', { hasText: 'assurance maladie' }).waitFor();
    expect(await panel().getByLabel('nuit').isChecked()).toBe(true);
    expect(await violationsOf(desk.page)).toEqual([]);
    await panel().getByLabel('Une autre équipe').fill('garde');
    await desk.press('Enter');
    await panel().waitFor({ state: 'detached' });
  });

  it('has its own count, lists their tickets, and counts one that comes to them', async () => {
    await queueOf(desk).filter({ hasText: /1$/ }).click();
    await desk.page.locator('.queue h2', { hasText: 'Mon équipe 1' }).waitFor();
    expect(new URL(desk.page.url()).search).toBe('?teams=mine');
    await desk.row(night).waitFor();
    await done(client, day, 'assign', { team: 'garde' });
    await desk.page.locator('.arrived', { hasText: '1 nouveau billet' }).click();
    await desk.row(day).waitFor();
    expect(await desk.page.locator('[data-ticket][role=row]').count()).toBe(2);
  });

  it('is the same at another machine, and changes where its person says so', async () => {
    const other = await atAMachine();
    await queueOf(other).filter({ hasText: /2$/ }).click();
    await other.row(night).waitFor();
    await other.page.getByText('Mes équipes').click();
    const chosen = other.page.locator('dialog');
    expect(await chosen.getByLabel('garde').isChecked()).toBe(true);
    await chosen.getByLabel('garde').uncheck();
    await chosen.getByText('Enregistrer').click();
    await other.row(day).waitFor({ state: 'detached' });
    await other.row(night).waitFor();
    await other.context.close();
    expect(other.faults).toEqual([]);
  });
});
