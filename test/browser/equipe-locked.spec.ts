import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { ago, openedTicket } from '../support/api/contract.js';
import { deviceDump, storeInPlain } from '../support/browser/device-store.js';
import { client, server, tablet, withTabletInHand } from '../support/browser/tablet-in-hand.js';
import { arrived, eventsOf } from '../support/browser/tablet.js';

withTabletInHand();

const hours = (count: number): number => count * 3_600_000;

describe('what a tablet keeps', () => {
  it('holds none of the words that were typed or fetched, and no key that could be taken out', async () => {
    await openedTicket(client, {
      title: 'Zibeline reçue',
      description: 'Quenouille reçue',
      location: 'Tourelle',
    });
    await tablet.start();
    await tablet.page.locator('a.card', { hasText: 'Zibeline reçue' }).waitFor();
    await tablet.context.setOffline(true);
    await tablet.openTicket('Mandoline tapée');
    await tablet.addNote('Zibeline reçue', 'Sarbacane tapée');
    await tablet.page.click('nav >> text=Nouveau');
    await tablet.page.fill('[name=title]', 'Girandole à moitié');
    await tablet.stands('2 en attente');
    const dump = await deviceDump(tablet.page);
    for (const word of [
      'Zibeline',
      'Quenouille',
      'Tourelle',
      'Mandoline',
      'Sarbacane',
      'Girandole',
      '3e nord',
    ]) {
      expect([word, dump.includes(word)]).toEqual([word, false]);
    }
    expect(dump).toContain('extractable: false');
    expect(/equipe-sealed\/queue \[[^\]]+\]/.exec(dump)?.[0].split(',')).toHaveLength(2);
  });

  it('opens after a reload without a network while the session goes on, and is locked once its time is over', async () => {
    await tablet.start();
    await tablet.context.setOffline(true);
    await tablet.openTicket('Après le rechargement');
    await tablet.page.reload();
    await tablet.page.locator('a.card', { hasText: 'Après le rechargement' }).waitFor();
    await tablet.page.clock.setFixedTime(new Date(Date.now() + hours(5)));
    await tablet.page.reload();
    await tablet.locked();
    await tablet.page.clock.setFixedTime(new Date());
    await tablet.page.reload();
    await tablet.locked();
    expect(await tablet.page.innerText('body')).not.toContain('Après le rechargement');
    await tablet.context.setOffline(false);
    await tablet.page.reload();
    await tablet.upToDate();
    expect(await eventsOf(client, 'Après le rechargement')).toEqual(['TicketOpened']);
  });

  it('is locked at the next reload once the session was ended elsewhere', async () => {
    await openedTicket(client, { title: 'Vu avant la fin' });
    await tablet.start();
    await tablet.page.locator('a.card', { hasText: 'Vu avant la fin' }).waitFor();
    await server.database.query('DELETE FROM access.sessions');
    await tablet.page.reload();
    await tablet.locked();
    expect(await tablet.page.innerText('body')).not.toContain('Vu avant la fin');
    await tablet.context.setOffline(true);
    await tablet.page.reload();
    await tablet.locked();
    expect(await deviceDump(tablet.page)).not.toContain('CryptoKey');
  });

  it('is locked in every tab once one signs out', async () => {
    await tablet.start();
    const firstTab = tablet.page;
    await tablet.openTab();
    await tablet.goToPage();
    await tablet.upToDate();
    await tablet.openQueue();
    await tablet.page.click('text=Se déconnecter');
    await tablet.locked();
    await firstTab.locator('h1', { hasText: 'Tablette verrouillée' }).waitFor();
  });
});

describe('a tablet with what an older version kept in plain', () => {
  it('sends what waited once its author signs in, and keeps none of it in plain', async () => {
    const opening = (title: string) => ({
      ...{ commandId: randomUUID(), type: 'open', ticketId: randomUUID(), occurredAt: ago(60) },
      ...{ establishment: 'NIM', title, category: 'materiel', priority: 'P3' },
    });
    const entry = (seq: number, person: string, title: string) => {
      return { seq, person, about: title, command: opening(title) };
    };
    await tablet.openTab();
    await tablet.page.goto(`${server.url}/problems`);
    await storeInPlain(tablet.page, {
      deviceId: 'older-device',
      queue: [
        entry(1, 'mobile-team', 'Ancien premier'),
        entry(2, 'agent', 'Ancien autre'),
        entry(3, 'mobile-team', 'Ancien second'),
      ],
      tickets: [{ person: 'agent', ticketId: randomUUID(), title: 'Ancien billet' }],
    });
    await tablet.goToPage();
    await tablet.page.locator('.locked', { hasText: '2 demandes de mobile-team attendent' }).waitFor();
    await tablet.signIn();
    expect(await eventsOf(client, 'Ancien premier')).toEqual(['TicketOpened']);
    const { history } = await arrived(client, 'Ancien second');
    expect(history.map(({ type, deviceId }) => [type, deviceId ?? 'older-device'])).toEqual([
      ['TicketOpened', 'older-device'],
    ]);
    const dump = await deviceDump(tablet.page);
    for (const title of ['Ancien premier', 'Ancien second', 'Ancien billet'])
      expect(dump).not.toContain(title);
    expect(dump).toContain('older-device');
    await tablet.openQueue();
    await tablet.page.click('text=Se déconnecter');
    await tablet.locked();
    await tablet.signIn('agent');
    expect(await eventsOf(client, 'Ancien autre')).toEqual(['TicketOpened']);
    expect(await deviceDump(tablet.page)).not.toContain('Ancien autre');
  });
});

describe('whoever has another role', () => {
  it('is told whose page this is, and led to their own', async () => {
    const page = await tablet.openTab();
    await page.goto(`${server.url}/sign-in?returnTo=/equipe`);
    await page.click('button[value="producer"]');
    await page.locator('h1', { hasText: 'Page des équipes mobiles' }).waitFor();
    expect(await page.innerText('body')).not.toMatch(/première fois|Rien n’est perdu/);
    expect(await page.getAttribute('a:has-text("Se connecter autrement")', 'href')).toContain('as=other');
    await page.click('a:has-text("Accueil")');
    await page.waitForSelector('#board');
  });
});
