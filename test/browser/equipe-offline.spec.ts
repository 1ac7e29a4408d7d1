import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { Temporal } from 'temporal-polyfill';
import { openTablet } from '../support/browser/browser.js';
import { openedTicket, ticketOf } from '../support/api/contract.js';
import { countDrafts } from '../support/browser/device-store.js';
import { client, server, tablet, withTabletInHand } from '../support/browser/tablet-in-hand.js';
import { arrived, eventsOf, phone, Tablet, ticketsCalled } from '../support/browser/tablet.js';
import { temporaryFolder } from '../support/temporary-folder.js';

withTabletInHand();

describe('the team page without a network', () => {
  it('opens and resolves tickets, across closed tabs, which arrive once and with their own times', async () => {
    const yesterday = Temporal.Now.zonedDateTimeISO('America/Toronto').subtract({ days: 1 });
    const opened = new Date(yesterday.withPlainTime('15:00').epochMilliseconds);
    const resolved = new Date(opened.getTime() + 40 * 60_000);
    await tablet.start();
    await tablet.context.setOffline(true);
    await tablet.page.clock.setFixedTime(opened);
    await tablet.openTicket('Écran noir');
    await tablet.openTicket('Imprimante muette');
    await tablet.stands('Hors ligne', '2 en attente');
    const reference = await tablet.page.innerText('a.card:has-text("Écran noir") .reference');
    await tablet.page.fill('input[type=search]', reference.replace('-', '').toLowerCase());
    await tablet.page.locator('h1', { hasText: 'Billets actifs 1' }).waitFor();
    await tablet.openCard('Écran noir');
    expect(await tablet.page.innerText('main .reference')).toBe(reference);
    await tablet.page.close();

    await tablet.openTab();
    await tablet.page.clock.setFixedTime(resolved);
    await tablet.goToPage();
    await tablet.stands('Hors ligne', '2 en attente');
    await tablet.addNote('Écran noir', 'L’infirmière a confirmé');
    await tablet.resolve('Écran noir', 'Câble rebranché');
    await tablet.stands('4 en attente');
    expect(await ticketsCalled(client, 'Écran noir')).toEqual([]);
    await tablet.page.close();

    await tablet.openTab();
    await tablet.page.clock.setFixedTime(new Date());
    await tablet.goToPage();
    await tablet.stands('4 en attente');
    await tablet.context.setOffline(false);
    await tablet.upToDate();
    const { ticket, history } = await arrived(client, 'Écran noir');
    expect(ticket).toMatchObject({
      ...{ establishment: 'NIM', status: 'resolved', location: '3e nord, poste 4' },
      ...{ openedAt: opened.toISOString(), resolvedAt: resolved.toISOString() },
    });
    expect(ticket.reference).toBe(reference);
    expect(history.map(({ type, actor }) => [type, actor])).toEqual([
      ['TicketOpened', 'mobile-team'],
      ['NoteAdded', 'mobile-team'],
      ['TicketResolved', 'mobile-team'],
    ]);
    expect(await eventsOf(client, 'Imprimante muette')).toEqual(['TicketOpened']);
    const day = yesterday.toPlainDate().toString();
    const figures = await client.get<{ total: object }>(
      `/v1/billets-quotidiens/${day}?minPosition=${history.at(-1)!.position}`,
    );
    expect(figures.body.total).toMatchObject({ opened: 2, resolved: 1, resolvedSameDay: 1, backlog: 1 });
  });

  it('says what is reported already while a title is typed, and adds one more person in one tap', async () => {
    const incident = await openedTicket(client, { title: 'Chariots bloqués', location: '3e étage' });
    await tablet.start();
    await tablet.context.setOffline(true);
    await tablet.page.click('nav >> text=Nouveau');
    await tablet.page.fill('[name=requester]', 'Marie Roy, poste 4410');
    await tablet.page.fill('[name=title]', 'Autre chose');
    const reported = tablet.page.getByRole('region', { name: 'Déjà signalé' });
    expect(await reported.innerText()).toBe('');
    await tablet.page.fill('[name=title]', 'chariot');
    await reported.getByText('3e étage').waitFor();
    expect(await reported.innerText()).toMatch(/Chariots bloqués[^]*1 personne/);
    // What is typed stays as it is, and the offer does not take the place of a form.
    expect(await tablet.page.inputValue('[name=title]')).toBe('chariot');
    await reported.getByRole('button', { name: 'Moi aussi' }).click();
    // The place of the incident is not theirs.
    await tablet.page.getByText('C’est noté: 2 personnes. Lieu: non indiqué.').waitFor();
    await tablet.heading('Billets actifs');
    await tablet.stands('Hors ligne', '2 en attente');
    await tablet.page.click('nav >> text=Nouveau');
    await tablet.page.fill('[name=title]', 'chariots');
    await reported.getByText('2 personnes').waitFor();

    await tablet.context.setOffline(false);
    await tablet.upToDate();
    const { position } = (await client.post('/v1/sync', { deviceId: 'test', commands: [] })).body;
    const path = `/v1/tickets/${incident}/children?minPosition=${String(position)}`;
    const { body } = await client.get<{ items: { ticketId: string }[]; people: number }>(path);
    expect(body.people).toBe(2);
    expect(await ticketOf(client, body.items[0]!.ticketId)).toMatchObject({
      ...{ title: 'Chariots bloqués', location: null },
      requester: { name: 'Marie Roy', contact: 'poste 4410' },
    });
  });

  it('loses nothing when the tablet is restarted', async () => {
    const folder = await temporaryFolder();
    try {
      const before = new Tablet(await openTablet(folder.path, phone), server);
      await before.start();
      await before.context.setOffline(true);
      await before.openTicket('Avant la panne de pile');
      await before.stands('1 en attente');
      await before.page.click('nav >> text=Nouveau');
      await before.page.fill('[name=title]', 'À moitié écrit');
      while ((await countDrafts(before.page)) === 0) await setTimeout(50);
      // The title is typed at once, so the draft that is stored has all of it.
      await before.context.close();

      const again = new Tablet(await openTablet(folder.path, phone), server);
      await again.context.setOffline(true);
      await again.openTab();
      await again.goToPage();
      await again.stands('Hors ligne', '1 en attente');
      await again.page.click('nav >> text=Nouveau');
      expect(await again.page.inputValue('[name=title]')).toBe('À moitié écrit');
      await again.context.setOffline(false);
      await again.upToDate();
      await again.context.close();
      expect([...before.faults, ...again.faults]).toEqual([]);
    } finally {
      await folder.remove();
    }
    expect(await eventsOf(client, 'Avant la panne de pile')).toEqual(['TicketOpened']);
  });

  it('shares one queue between two tabs, which send it once', async () => {
    await tablet.start();
    const firstTab = tablet.page;
    await tablet.openTab();
    await tablet.goToPage();
    await tablet.upToDate();
    const sent: string[] = [];
    tablet.context.on('request', (request) => {
      if (request.url().endsWith('/v1/sync')) sent.push(request.postData() ?? '');
    });
    await tablet.context.setOffline(true);
    await tablet.openTicket('Vu des deux côtés');
    await firstTab.locator('.sync', { hasText: '1 en attente' }).waitFor();
    await firstTab.locator('a.card', { hasText: 'Vu des deux côtés' }).waitFor();
    sent.splice(0);
    await tablet.context.setOffline(false);
    await tablet.upToDate();
    await tablet.upToDate(firstTab);
    expect(sent).toHaveLength(1);
    expect(await eventsOf(client, 'Vu des deux côtés')).toEqual(['TicketOpened']);
  });
});

describe('a tablet that dropped its caches to make room', () => {
  it('loads the page from the network again, and loses nothing', async () => {
    await tablet.start();
    await tablet.page.evaluate(
      'caches.keys().then((names) => Promise.all(names.map((name) => caches.delete(name))))',
    );
    await tablet.openTicket('Pendant la mise à jour');
    await tablet.page.reload();
    await tablet.upToDate();
    expect(await eventsOf(client, 'Pendant la mise à jour')).toEqual(['TicketOpened']);
  });
});
