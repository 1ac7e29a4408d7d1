import { describe, expect, it } from '@jest/globals';
import { ago, done, openedTicket } from '../support/api/contract.js';
import { client, tablet, withTabletInHand } from '../support/browser/tablet-in-hand.js';
import { arrived, eventsOf, ticketsCalled } from '../support/browser/tablet.js';

withTabletInHand();

describe('on an unreliable network, the team page', () => {
  it('sends a batch again when its answer is lost, and nothing is applied twice', async () => {
    await tablet.start();
    let lose: () => void = () => undefined;
    const lost = new Promise<void>((resolve) => (lose = resolve));
    await tablet.onNextBatch(async (route) => {
      await route.fetch();
      await route.abort('connectionreset');
      lose();
    });
    await tablet.openTicket('Réponse perdue');
    await lost;
    await tablet.stands('1 en attente');
    expect(await ticketsCalled(client, 'Réponse perdue')).toHaveLength(1);
    await tablet.sendNow();
    await tablet.upToDate();
    expect(await eventsOf(client, 'Réponse perdue')).toEqual(['TicketOpened']);
  });

  it('does not take the answer of a captive portal for the server’s', async () => {
    await tablet.start();
    await tablet.onNextBatch((route) =>
      route.fulfill({ contentType: 'text/html', body: '<h1>Wi-Fi invités</h1>' }),
    );
    await tablet.openTicket('Derrière un portail');
    await tablet.stands('1 en attente');
    await tablet.sendNow();
    await tablet.upToDate();
    expect(await eventsOf(client, 'Derrière un portail')).toEqual(['TicketOpened']);
  });

  it('retries by itself', async () => {
    await tablet.start();
    await tablet.onNextBatch((route) => route.abort('connectionreset'));
    await tablet.openTicket('Essayé deux fois');
    await tablet.stands('1 en attente');
    await tablet.upToDate();
    expect(await eventsOf(client, 'Essayé deux fois')).toEqual(['TicketOpened']);
  });
});

describe('a change made by someone else', () => {
  it('reaches the list: changed tickets are updated, merged ones disappear', async () => {
    const [kept, merged] = [
      await openedTicket(client, { title: 'Reste ici', occurredAt: ago(60) }),
      await openedTicket(client, { title: 'Part ailleurs', occurredAt: ago(60) }),
    ];
    await tablet.start();
    await tablet.page.locator('a.card', { hasText: 'Part ailleurs' }).waitFor();
    await done(client, kept, 'hold');
    await done(client, merged, 'merge', { into: kept });
    // Until what the tablet fetches has both.
    await ticketsCalled(client, 'Reste ici');
    await tablet.sendNow();
    await tablet.page.click('nav >> text=Billets');
    await tablet.page.locator('a.card', { hasText: 'Reste ici' }).filter({ hasText: 'En attente' }).waitFor();
    await tablet.page.locator('a.card', { hasText: 'Part ailleurs' }).waitFor({ state: 'detached' });
  });

  it('is shown when it is a note on a ticket', async () => {
    const ticketId = await openedTicket(client, { title: 'Avec des notes' });
    await done(client, ticketId, 'note', { body: 'Le fournisseur rappelle à 14 h' });
    await tablet.start();
    await tablet.openCard('Avec des notes');
    await tablet.page.locator('text=Le fournisseur rappelle à 14 h').waitFor();
  });
});

describe('a device clock that is off', () => {
  it('is warned of, and the times it gives are corrected', async () => {
    await tablet.start();
    await tablet.page.clock.setFixedTime(new Date(Date.now() + 10 * 60_000));
    await tablet.openTicket('Dix minutes trop tôt');
    await tablet.page
      .locator('.warning', { hasText: 'L’horloge de cette tablette avance de 10 minutes' })
      .waitFor();
    await tablet.upToDate();
    const { ticket } = await arrived(client, 'Dix minutes trop tôt');
    expect(Math.abs(Date.parse(ticket.openedAt) - Date.now())).toBeLessThan(5 * 60_000);
  });
});
