import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { tokenOfPerson } from '../support/access/tokens.js';
import { Client, clientOf } from '../support/api/client.js';
import { openedTicket, searchableTicket } from '../support/api/contract.js';
import { violationsOf } from '../support/browser/axe.js';
import { patienceMs } from '../support/patience.js';
import { openBrowser, signIn } from '../support/browser/browser.js';
import { Desk } from '../support/browser/desk.js';
import { startHostedServer, type HostedServer } from '../support/server/hosted-server.js';

let server: HostedServer;
let client: Client;
let marie: Client;
let browser: Browser;
let desk: Desk;
let ticketId: string;
let another: string;
beforeAll(async () => {
  server = await startHostedServer();
  client = await clientOf(server);
  marie = new Client(server.url, await tokenOfPerson('Marie Roy', 'agent'));
  browser = await openBrowser();
  const context = await browser.newContext({ locale: 'fr-CA', viewport: { width: 1280, height: 800 } });
  // Twenty seconds are a moment.
  await context.clock.install();
  desk = await Desk.in(context, server);
  ticketId = await openedTicket(client, { title: 'Écran noir' });
  another = await searchableTicket(client, { title: 'Écran gris' });
  await signIn(desk.page, server.url, 'agent');
  await desk.page.waitForURL('**/bureau');
});
afterAll(async () => {
  await browser.close();
  await server.close();
  expect(desk.faults).toEqual([]);
});

const mariesPage = '0190c7a0-0000-7000-8000-00000000000a';
/** Marie looks, and is told who else does. */
const marieLooks = async (at: string): Promise<string[]> => {
  const { body } = await marie.send<{ others: string[] }>(
    'PUT',
    `/v1/tickets/${at}/viewers/${mariesPage}`,
    undefined,
  );
  return body.others;
};
const marieLeaves = () => marie.send('DELETE', `/v1/tickets/${ticketId}/viewers/${mariesPage}`, undefined);
const others = () => desk.page.locator('.ticket .others');
const isLooking = (at: string) => desk.page.waitForRequest(`**/v1/tickets/${at}/viewers/*`);
const leaves = (at: string) =>
  desk.page.waitForResponse(
    (answer) => answer.request().method() === 'DELETE' && answer.url().includes(`${at}/viewers`),
  );

describe('whoever else looks at a ticket', () => {
  it('is named at its head, politely, and no more once they have left', async () => {
    await marieLooks(ticketId);
    await desk.open();
    await desk.row(ticketId).click();
    await others().filter({ hasText: 'Marie Roy regarde aussi ce billet' }).waitFor();
    expect(await others().getAttribute('role')).toBe('status');
    expect(await violationsOf(desk.page)).toEqual([]);
    await marieLeaves();
    await desk.page.clock.runFor(21_000);
    await desk.page.locator('.ticket .others:empty').waitFor({ state: 'attached' });
  });

  it('comes to be named while the ticket is open, and sees who is there', async () => {
    expect(await marieLooks(ticketId)).toEqual(['agent']);
    await desk.page.clock.runFor(21_000);
    await others().filter({ hasText: 'Marie Roy' }).waitFor();
  });

  it('is not oneself in another tab', async () => {
    await marieLeaves();
    const tab = await desk.context.newPage();
    const seen = tab.waitForResponse(`**/v1/tickets/${ticketId}/viewers/*`);
    await tab.goto(`${server.url}/bureau?ticket=${ticketId}`);
    expect(await (await seen).json()).toMatchObject({ others: [] });
    await tab.close();
  });

  it('no longer sees whoever opens another ticket, closes it, or the page', async () => {
    const looking = isLooking(another);
    await desk.row(another).click();
    await (await looking).response();
    expect(await marieLooks(ticketId)).toEqual([]);
    expect(await marieLooks(another)).toEqual(['agent']);
    const left = leaves(another);
    await desk.page.locator('.ticket .top').getByText('Quitter').click();
    await left;
    expect(await marieLooks(another)).toEqual([]);
    const back = isLooking(another);
    await desk.row(another).click();
    await (await back).response();
    expect(await marieLooks(another)).toEqual(['agent']);
    await desk.page.goto('about:blank');
    const deadline = Date.now() + patienceMs;
    while ((await marieLooks(another)).length > 0) {
      if (Date.now() > deadline) throw new Error('the page that was closed still looks');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  });

  it('is nobody’s concern where it fails: the desk goes on, and says nothing', async () => {
    await desk.page.route('**/viewers/*', (route) => route.abort());
    await desk.open(`?ticket=${ticketId}`);
    await desk.ticketPane(ticketId, 'Écran noir').waitFor();
    await desk.page.locator('.history li').first().waitFor();
    await desk.press('t');
    await desk.told('a confié le billet à agent');
    expect(await desk.page.locator('.notice').count()).toBe(0);
    expect(await others().innerText()).toBe('');
  });
});
