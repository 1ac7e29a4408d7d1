import { describe, expect, it } from '@jest/globals';
import { violationsOf } from '../support/browser/axe.js';
import { openedTicket } from '../support/api/contract.js';
import { browser, client, server, tablet, withTabletInHand } from '../support/browser/tablet-in-hand.js';
import { arrived, eventsOf, phone, ticketsCalled } from '../support/browser/tablet.js';

withTabletInHand();

describe('the team page', () => {
  it('keeps the queue, locked, once the session is over, and sends it after signing in', async () => {
    await tablet.start();
    await tablet.context.setOffline(true);
    await tablet.openTicket('Session finie');
    await tablet.stands('1 en attente');
    await tablet.context.clearCookies();
    await tablet.context.setOffline(false);
    await tablet.locked();
    await tablet.page
      .locator('.locked', { hasText: '1 demande de mobile-team attend: connectez-vous' })
      .waitFor();
    expect(await tablet.page.innerText('body')).not.toContain('Session finie');
    expect(await violationsOf(tablet.page)).toEqual([]);
    await tablet.signIn();
    expect(new URL(tablet.page.url()).pathname).toBe('/equipe');
    expect(await eventsOf(client, 'Session finie')).toEqual(['TicketOpened']);
  });

  it('sends nothing in another person’s name: the queue waits until its author signs in again', async () => {
    await openedTicket(client, { title: 'Lu par l’équipe' });
    await tablet.start();
    await tablet.page.locator('a.card', { hasText: 'Lu par l’équipe' }).waitFor();
    await tablet.context.setOffline(true);
    await tablet.openTicket('De l’équipe');
    await tablet.stands('1 en attente');
    await tablet.context.clearCookies();
    await tablet.context.setOffline(false);
    await tablet.locked();
    await tablet.signIn('agent');
    const held = tablet.page.locator('.warning', {
      hasText: '1 demande de mobile-team attend ici, sous clé',
    });
    await held.waitFor();
    await tablet.sendNow();
    await tablet.upToDate();
    expect(await ticketsCalled(client, 'De l’équipe')).toEqual([]);
    expect(await tablet.page.innerText('body')).not.toContain('De l’équipe');
    expect(await violationsOf(tablet.page)).toEqual([]);
    await tablet.page.click('text=Se déconnecter');
    await tablet.locked();
    await tablet.signIn('mobile-team');
    await held.waitFor({ state: 'detached' });
    const { history } = await arrived(client, 'De l’équipe');
    expect(history.map(({ type, actor }) => [type, actor])).toEqual([['TicketOpened', 'mobile-team']]);
  });

  it('has its batch refused by the server when the person changes between the check and the request', async () => {
    await tablet.start();
    const visitor = await browser.newContext(phone);
    const theirs = await visitor.newPage();
    await theirs.goto(`${server.url}/equipe`);
    await theirs.click('text=Se connecter');
    await theirs.click('button[value="agent"]');
    await theirs.locator('.name', { hasText: 'agent' }).waitFor();
    const cookies = await visitor.cookies();
    await visitor.close();
    // The person changes after the page asked who is signed in, and before it sends.
    await tablet.onNextBatch(async (route) => {
      await tablet.context.addCookies(cookies);
      const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
      await route.continue({ headers: { ...(await route.request().allHeaders()), cookie } });
    });
    await tablet.openTicket('Entre deux personnes');
    await tablet.page.locator('.warning', { hasText: '1 demande de mobile-team attend ici' }).waitFor();
    expect(await ticketsCalled(client, 'Entre deux personnes')).toEqual([]);
  });

  it('forgets a person and their tickets when they sign out', async () => {
    await openedTicket(client, { title: 'Confidentiel' });
    await tablet.start();
    await tablet.page.locator('a.card', { hasText: 'Confidentiel' }).waitFor();
    await tablet.openQueue();
    await tablet.page.click('text=Se déconnecter');
    await tablet.locked();
    await tablet.context.setOffline(true);
    await tablet.page.reload();
    await tablet.page.locator('text=il faut le réseau pour se connecter').waitFor();
    expect(await tablet.page.innerText('body')).not.toContain('Confidentiel');
  });
});
